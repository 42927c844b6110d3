"""Stage 4 of the guide: only the new code is left."""

from datetime import timedelta

from temporalio import workflow

from stays_open import StaysOpen

with workflow.unsafe.imports_passed_through():
    from activities import post_patch_activity


@workflow.defn
class MyWorkflow(StaysOpen):
    @workflow.run
    async def run(self) -> None:
        self._result = await workflow.execute_activity(
            post_patch_activity,
            schedule_to_close_timeout=timedelta(minutes=5),
        )
        await self.until_finished()
