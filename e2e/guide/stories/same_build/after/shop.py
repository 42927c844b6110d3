"""The same module as in ../before, with a patch inside a method: what the SDK hashes, the module's top level, is the same."""

from temporalio import workflow

from steps import Steps


@workflow.defn
class Shop(Steps):
    @workflow.run
    async def run(self) -> None:
        while await self.next_step():
            self.branch()

    def branch(self) -> None:
        if workflow.patched("my-patch"):
            self.new_branch()
        else:
            self.old_branch()
