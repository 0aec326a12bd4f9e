"""Work done ahead in a second process gives what it would give here, whatever becomes of that process."""

import os
import subprocess
import sys
import threading

import pytest

from sitegen.ahead import ahead


def test_the_result_is_that_of_the_work() -> None:
    assert {"包头": (1, 2)} == ahead(lambda: {"包头": (1, 2)})()


def test_it_runs_in_another_process_where_that_is_safe() -> None:
    """In a program of its own: whatever ran in this one before may have left a thread."""
    program = "import os; from sitegen.ahead import ahead; print(os.getpid() != ahead(os.getpid)())"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "True\n" == done.stdout


def test_beside_other_threads_it_runs_here() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert os.getpid() == ahead(os.getpid)()
    finally:
        stop.set()
        thread.join()


def test_an_error_is_raised_where_the_result_is_asked_for() -> None:
    def fails() -> None:
        raise ValueError("no")

    result = ahead(fails)
    with pytest.raises(ValueError, match="no"):
        result()


def test_a_process_that_dies_is_replaced_by_work_done_here() -> None:
    here = os.getpid()

    def dies() -> int:
        if os.getpid() != here:
            os._exit(9)
        return 7

    assert 7 == ahead(dies)()
