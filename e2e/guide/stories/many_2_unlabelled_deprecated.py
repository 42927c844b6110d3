"""One more is deprecated, of which no label tells."""

from temporalio import workflow

from many import FIRST, LAST, UNLABELLED, call_all
from steps import Steps


@workflow.defn
class Many(Steps):
    @workflow.run
    async def run(self) -> None:
        call_all(deprecated=(FIRST, UNLABELLED, LAST))
        await self.until_finished()
