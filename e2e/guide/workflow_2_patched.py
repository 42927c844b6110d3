"""Stage 2 of the guide: old and new code side by side."""

from datetime import timedelta

from temporalio import workflow

from stays_open import StaysOpen

with workflow.unsafe.imports_passed_through():
    from activities import post_patch_activity, pre_patch_activity


@workflow.defn
class MyWorkflow(StaysOpen):
    @workflow.run
    async def run(self) -> None:
        if workflow.patched("my-patch"):
            self._result = await workflow.execute_activity(
                post_patch_activity,
                schedule_to_close_timeout=timedelta(minutes=5),
            )
        else:
            self._result = await workflow.execute_activity(
                pre_patch_activity,
                schedule_to_close_timeout=timedelta(minutes=5),
            )
        await self.until_finished()
