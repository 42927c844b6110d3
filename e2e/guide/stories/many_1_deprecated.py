"""The first and the last of many patches are deprecated, the others in use."""

from temporalio import workflow

from many import FIRST, LAST, call_all
from steps import Steps


@workflow.defn
class Many(Steps):
    @workflow.run
    async def run(self) -> None:
        call_all(deprecated=(FIRST, LAST))
        await self.until_finished()
