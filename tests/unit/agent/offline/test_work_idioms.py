"""English as it is typed in the middle of work is put plainly."""

import pytest

from agent.offline.words.idioms.plain import plain
from tests.unit.agent.offline.talk import Talk


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("the auditor wants every live model", "show every live model"),
        ("which run needs a V100", "which run needs a V100"),
        ("owners I need to warn", "owners"),
        ("owners i need to warn, meaning people whose runs used a V100", "people whose runs used a V100"),
        ("if the board lets us show one live model, what do you suggest", "recommend one live model"),
        ("does anything clear our f1 gate of 0.9", "does anything have f1 0.9"),
        ("files under half a MB", "files under 0.5 MB"),
        ("how much time passed between launch and abort of nbeats-demand-exp01", "duration of nbeats-demand-exp01"),
        ("how many minutes did that job survive before it fell over", "how many minutes did that job take"),
        ("whom do I wake up for that one", "who owns that one"),
        ("who gets the credit", "who owns them"),
        ("data scientists on the payroll", "data scientists"),
        ("under which project did the failed run hang", "which project has the failed run"),
        ("put recall of A next to B", "compare recall of A and B"),
        ("GB of data per format, largest first", "total size of data per format, descending"),
        ("where does the log live", "where is the log"),
        ("for which models is mAP50 just blank?", "models without mAP50?"),
        ("what threshold are they running at?", "what threshold do they have?"),
        ("the log that job dumped", "the log that job left"),
        ("weekly report: which runs failed", "report: which runs failed"),
        ("runs per week, weekly", "runs per week, weekly"),
        ("what does each of them do?", "what is their role?"),
        ("용량 큰 순서로 3개만 GB랑", "용량 큰 순서로 3개 GB랑"),
        ("오래 걸린 top 3 시간이랑", "오래 걸린 상위 3개 시간이랑"),
        ("threshold 0.5보다 낮게 잡아둔 model", "threshold 0.5보다 낮은 model"),
        ("anything below /data/a", "anything in the path /data/a"),
    ],
)
def test_the_words_of_work_are_put_plainly(typed: str, meant: str) -> None:
    assert plain(typed) == meant


def test_a_folder_is_sought_anywhere_in_a_path(talk: Talk) -> None:
    found = talk.ask("artifacts whose path contains weights/").column("path")
    assert found
    assert all("weights/" in str(path) for path in found)


def test_files_below_a_folder_begin_with_it(talk: Talk) -> None:
    found = talk.ask("which artifacts are under /mnt/artifacts/kobert-intent-exp07").column("path")
    assert found
    assert all(str(path).startswith("/mnt/artifacts/kobert-intent-exp07/") for path in found)
