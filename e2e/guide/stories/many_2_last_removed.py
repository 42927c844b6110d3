"""The last of many patches is gone."""

from temporalio import workflow

from many import FIRST, LAST, call_all
from steps import Steps


@workflow.defn
class Many(Steps):
    @workflow.run
    async def run(self) -> None:
        call_all(deprecated=(FIRST,), removed=(LAST,))
        await self.until_finished()
