"""What the guide's workflows get beside the guide's code."""

from temporalio import workflow


class StaysOpen:
    """
    The guide's runs end with their activity; to count open runs, a run must stay open until a test lets it go. A signal does
    that: a waiting activity would end with the guide's five minutes (schedule_to_close_timeout), while a test still counts it.
    """

    _is_finished = False

    @workflow.signal
    def finish(self) -> None:
        self._is_finished = True

    async def until_finished(self) -> None:
        await workflow.wait_condition(lambda: self._is_finished)
