"""The change that the question is about: the old branch is gone."""

from temporalio import workflow

from steps import Steps


@workflow.defn
class Shop(Steps):
    @workflow.run
    async def run(self) -> None:
        while await self.next_step():
            self.branch()

    def branch(self) -> None:
        workflow.deprecate_patch("my-patch")
        self.new_branch()
