"""Stage 2: old and new code side by side."""

from temporalio import workflow

from steps import Steps


@workflow.defn
class Order(Steps):
    @workflow.run
    async def run(self) -> None:
        if await self.next_step():
            if workflow.patched("my-patch"):
                self.new_branch()
            else:
                self.old_branch()
            await self.until_finished()


@workflow.defn
class Loop(Steps):
    @workflow.run
    async def run(self) -> None:
        while await self.next_step():
            if workflow.patched("my-patch"):
                self.new_branch()
            else:
                self.old_branch()
