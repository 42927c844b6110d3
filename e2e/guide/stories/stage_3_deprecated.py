"""Stage 3: the old branch is gone, the call stays as `deprecate_patch`."""

from temporalio import workflow

from steps import Steps


@workflow.defn
class Order(Steps):
    @workflow.run
    async def run(self) -> None:
        if await self.next_step():
            workflow.deprecate_patch("my-patch")
            self.new_branch()
            await self.until_finished()


@workflow.defn
class Loop(Steps):
    @workflow.run
    async def run(self) -> None:
        while await self.next_step():
            workflow.deprecate_patch("my-patch")
            self.new_branch()
