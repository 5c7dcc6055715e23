"""The file of corrections: what is read of it, what is said of a wrong line, and what a command adds."""

from datetime import date

import pytest

from extractors.corrections import COLUMNS, SLOTS, Correction, append_correction, read_corrections
from extractors.errors import SeedError

ID, OTHER = "0123456789ab", "ba9876543210"


@pytest.fixture
def file(tmp_path):
    return tmp_path / "corrections.tsv"


def write(file, *rows):
    lines = ["\t".join(COLUMNS), *("\t".join(row.get(column, "") for column in COLUMNS) for row in rows)]
    file.write_text("# by the desk\n" + "\n".join(lines) + "\n")


def test_no_file_says_nothing(file):
    assert read_corrections(file) == ()


def test_each_action_is_read_with_its_line(file):
    write(
        file,
        {"action": "reject", "claim": ID, "note": "a year's toll", "by": "Desk", "on": "2025-02-01"},
        {"action": "merge", "claim": ID, "other": OTHER},
        {"action": "correct", "claim": ID, "slot": "event_start", "value": "2025-01-17"},
        {"action": "correct", "claim": ID, "slot": "place_id", "value": "-"},
    )
    assert read_corrections(file) == (
        Correction(3, "reject", ID, note="a year's toll", by="Desk", on=date(2025, 2, 1)),
        Correction(4, "merge", ID, OTHER),
        Correction(5, "correct", ID, slots={"event_start": "2025-01-17"}),
        Correction(6, "correct", ID, slots={"place_id": None}),
    )


def test_a_value_is_that_of_an_exact_number(file):
    write(file, {"action": "correct", "claim": ID, "slot": "value", "value": "1550"})
    [correction] = read_corrections(file)
    assert correction.slots == {
        "value_low": "1550",
        "value_best": "1550",
        "value_high": "1550",
        "qualifier": "exact",
    }


def test_a_file_that_a_spreadsheet_parted_by_commas_is_told_of_tabs(file):
    file.write_text("action,claim,other,slot,value,note,by,on\n")
    with pytest.raises(SeedError, match="parted by tabs: action, claim"):
        read_corrections(file)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"action": "delete", "claim": ID}, "action 'delete' is no action"),
        ({"action": "reject"}, "claim is missing"),
        ({"action": "reject", "claim": "0123"}, "'0123' is no claim_id"),
        ({"action": "reject", "claim": ID, "other": OTHER}, "reject has no use for it"),
        ({"action": "merge", "claim": ID}, "other is missing"),
        ({"action": "apart", "claim": ID, "other": ID}, "claim and other are the same"),
        ({"action": "correct", "claim": ID, "slot": "valeu", "value": "1"}, "Did you mean 'value'"),
        ({"action": "correct", "claim": ID, "slot": "sentence", "value": "x"}, "no slot that can be corrected"),
        ({"action": "correct", "claim": ID, "slot": "value"}, "value is missing"),
        ({"action": "correct", "claim": ID, "slot": "value", "value": "1,550"}, "'1,550' is no number"),
        ({"action": "correct", "claim": ID, "slot": "value_low", "value": "-1"}, "'-1' is no number"),
        ({"action": "correct", "claim": ID, "slot": "value_low", "value": "nan"}, "'nan' is no number"),
        ({"action": "correct", "claim": ID, "slot": "value", "value": "-"}, "value cannot be empty"),
        ({"action": "correct", "claim": ID, "slot": "as_of", "value": "17 Jan"}, "is no day"),
        ({"action": "correct", "claim": ID, "slot": "status", "value": "did"}, "'did' is no status"),
        ({"action": "correct", "claim": ID, "slot": "currency", "value": "dollars"}, "no ISO 4217 code"),
        ({"action": "confirm", "claim": ID, "on": "today"}, "on 'today' is no day"),
    ],
)
def test_a_wrong_line_is_named_with_what_is_wrong(file, row, problem):
    write(file, row)
    with pytest.raises(SeedError) as caught:
        read_corrections(file)
    assert (caught.value.line, caught.value.file) == (3, str(file))
    assert problem in str(caught.value)


@pytest.mark.parametrize("slot", SLOTS)
def test_every_slot_can_be_corrected(file, slot):
    values = {"qualifier": "about", "measure": "stock", "status": "planned", "source_type": "un", "currency": "USD"}
    value = values.get(slot, "2025-01-17" if slot in ("event_start", "event_end", "as_of") else "12")
    write(file, {"action": "correct", "claim": ID, "slot": slot, "value": value})
    assert value in read_corrections(file)[0].slots.values()


def test_a_line_is_added_under_the_columns_as_they_stand(file):
    cells = {"action": "reject", "claim": ID, "note": "two\nlines\tand a tab", "by": "Desk", "on": "2025-02-01"}
    assert append_correction(file, cells) == 2
    file.write_text("# kept\n" + "\t".join(COLUMNS[::-1]))
    assert append_correction(file, cells) == 3
    [correction] = read_corrections(file)
    assert correction == Correction(3, "reject", ID, note="two lines and a tab", by="Desk", on=date(2025, 2, 1))
    assert file.read_text().startswith("# kept\n")
    assert list(file.parent.iterdir()) == [file]
