"""Stage 4: no call is left."""

from temporalio import workflow

from steps import Steps


@workflow.defn
class Order(Steps):
    @workflow.run
    async def run(self) -> None:
        if await self.next_step():
            self.new_branch()
            await self.until_finished()


@workflow.defn
class Loop(Steps):
    @workflow.run
    async def run(self) -> None:
        while await self.next_step():
            self.new_branch()
