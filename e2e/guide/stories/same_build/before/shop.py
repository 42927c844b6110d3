"""The same module as in ../after, without the patch."""

from temporalio import workflow

from steps import Steps


@workflow.defn
class Shop(Steps):
    @workflow.run
    async def run(self) -> None:
        while await self.next_step():
            self.branch()

    def branch(self) -> None:
        self.old_branch()
