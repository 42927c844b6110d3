"""What every story's workflow has: signal `go` lets it take one step, `finish` ends it wherever it is."""

import asyncio

from temporalio import workflow

DAY_SECONDS = 86_400


class Steps:
    _goes = 0
    _taken = 0
    _is_finished = False

    @workflow.signal
    def go(self) -> None:
        self._goes += 1

    @workflow.signal
    def finish(self) -> None:
        self._is_finished = True

    async def next_step(self) -> bool:
        """False: the run shall end."""
        await workflow.wait_condition(lambda: self._is_finished or self._goes > self._taken)
        self._taken += 1
        return not self._is_finished

    async def until_finished(self) -> None:
        while await self.next_step():
            pass

    # The branches leave different events, so that a replay by the wrong one fails, and none that leads to a further task.

    def old_branch(self) -> None:
        workflow.upsert_memo({"branch": "old"})

    def new_branch(self) -> None:
        self._timer = asyncio.create_task(asyncio.sleep(DAY_SECONDS))
