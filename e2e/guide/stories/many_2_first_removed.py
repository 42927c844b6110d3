"""The first of many patches is gone: rightly by the usual rules, since its markers are all deprecated ones."""

from temporalio import workflow

from many import FIRST, LAST, call_all
from steps import Steps


@workflow.defn
class Many(Steps):
    @workflow.run
    async def run(self) -> None:
        call_all(deprecated=(LAST,), removed=(FIRST,))
        await self.until_finished()
