from __future__ import annotations

import io
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from support import examples

from citylinks.dates import parse
from citylinks.model.vocabulary import ENTRY_PLACES, EVENT_KINDS
from citylinks.questions.results import (
    AttendanceRef,
    CityRef,
    ClaimRef,
    Group,
    PartnershipRow,
    RecordRef,
    Ref,
    SourceRef,
    Subject,
    TimelineEntry,
)
from citylinks.questions.search import Search
from citylinks.questions.search_passages import Hit
from citylinks.questions.timeline import Timeline
from citylinks.views import chronology, markdown, page, phrases, plain, terminal
from citylinks.views.blocks import (
    Bars,
    Block,
    Bound,
    Chart,
    FieldList,
    FindingBlock,
    Findings,
    Heading,
    HitBlock,
    Hits,
    Prose,
    Route,
    Story,
    StoryEntry,
    TableBlock,
    Title,
)
from citylinks.views.chronology import measure_gap
from citylinks.views.notes import Notes
from citylinks.views.pages.search import page as search_page
from citylinks.views.phrases import since_phrase
from citylinks.views.story import story_entries
from citylinks.views.terminal.paragraphs import hits_lines
from citylinks.views.terminal.stories import SIGNS
from citylinks.views.upcoming import period_phrase

ENTRY = TimelineEntry(
    date="2009",
    earliest="2009-01-01",
    latest="2009-12-31",
    certainty=None,
    kind="visit",
    detail=None,
    title="A visit",
    summary=None,
    cities=(CityRef("lyon", "Lyon"), CityRef("yokohama", "Yokohama")),
    themes=(),
    organizations=(),
    sources=(),
    claims=(),
    record=RecordRef("event", "a-visit", "A visit"),
)
ONE, TWO = (
    SourceRef("one", "First page"),
    SourceRef("two", "Second page", "Lyon", None, "2012-09"),
)


def dated(text: str, earliest: str, latest: str) -> TimelineEntry:
    return ENTRY._replace(date=text, earliest=earliest, latest=latest)


def year(number: int) -> TimelineEntry:
    return dated(str(number), f"{number}-01-01", f"{number}-12-31")


def facts(entry: TimelineEntry, *subjects: str) -> dict[str, str]:
    (shown,) = story_entries([entry], Notes(), subjects)
    return dict((*shown.participants, *shown.facts))


# -- Gaps ---------------------------------------------------------------------


def test_a_gap_of_ten_years_or_more_is_said() -> None:
    assert measure_gap(year(1990), year(2000)) == "10 years"
    assert measure_gap(year(1990), year(1999)) is None


def test_a_gap_from_or_to_an_approximate_date_is_about() -> None:
    traders = dated("1860~", "1859-01-01", "1861-12-31")
    assert measure_gap(traders, year(1959)) == "about 99 years"
    assert measure_gap(year(1800), traders) == "about 60 years"


def test_no_gap_is_known_beside_an_open_or_unknown_end() -> None:
    assert (
        measure_gap(
            ENTRY._replace(date="1950/..", earliest="1950-01-01", latest=None), ENTRY
        )
        is None
    )
    assert measure_gap(year(1950), ENTRY._replace(date="/2009", earliest=None)) is None


def test_what_went_on_meanwhile_is_no_gap() -> None:
    project = dated("1990/2020", "1990-01-01", "2020-12-31")
    shown = story_entries([project, year(1991), year(2015)], Notes())
    assert [entry.gap for entry in shown] == [None, None, None]


def test_gaps_stand_between_entries() -> None:
    shown = story_entries([year(1959), year(1984), year(1985)], Notes())
    assert [entry.gap for entry in shown] == [None, "25 years", None]
    assert "(25 years)" in list(plain.lines([Story(shown)]))


def test_told_backwards_a_gap_is_the_same() -> None:
    project = dated("1990/2004", "1990-01-01", "2004-12-31")
    shown = story_entries(
        [year(2020), project, year(1985), year(1959)], Notes(), is_reversed=True
    )
    assert [entry.gap for entry in shown] == [None, "16 years", None, "26 years"]
    meanwhile = story_entries(
        [project, year(1992), year(1985)], Notes(), is_reversed=True
    )
    assert [entry.gap for entry in meanwhile] == [None, None, None]


# -- What lasts ---------------------------------------------------------------

TERM = dated("2011/2017", "2011-01-01", "2017-12-31")._replace(title="A project")


def bounds(*entries: TimelineEntry, is_reversed: bool = False) -> list[str]:
    alone = [entry._replace(cities=()) for entry in entries]
    shown = story_entries(alone, Notes(), is_reversed=is_reversed)
    lines = list(plain.lines([Story(shown)]))
    return [line if line.startswith("(") else line.split(" ")[0] for line in lines]


def test_what_lasts_says_where_it_ends_if_something_was_told_meanwhile() -> None:
    end = "(ends 2017: A project)"
    assert bounds(TERM, year(2012), year(2020)) == ["2011–17", "2012", end, "2020"]
    assert bounds(TERM, year(2012)) == ["2011–17", "2012", end]
    assert bounds(TERM, year(2017), year(2018)) == ["2011–17", "2017", end, "2018"]
    assert bounds(TERM, year(2020)) == ["2011–17", "2020"], "its date says enough"
    assert bounds(TERM) == ["2011–17"]


def test_told_backwards_it_says_where_it_begins() -> None:
    shown = bounds(year(2020), TERM, year(2012), year(2005), is_reversed=True)
    assert shown == ["2020", "2011–17", "2012", "(begins 2011: A project)", "2005"]


def test_what_ends_stands_in_order() -> None:
    short = dated("2012/2014", "2012-01-01", "2014-12-31")._replace(title="A term")
    ends = ["(ends 2014: A term)", "(ends 2017: A project)"]
    assert bounds(TERM, short, year(2013)) == ["2011–17", "2012–14", "2013", *ends]


@pytest.mark.parametrize("text", ["2011/..", "2011/", "../2017", "/2017"])
def test_an_end_that_is_open_or_unknown_is_not_told(text: str) -> None:
    first, last = parse(text).earliest, parse(text).latest
    entry = ENTRY._replace(
        date=text,
        earliest=first.isoformat() if first else None,
        latest=last.isoformat() if last else None,
    )
    assert len(bounds(entry, year(2012), year(2020))) == 3


def test_a_visit_of_days_and_what_happened_once_have_no_end_to_tell() -> None:
    days = dated("2012-05-01/2012-05-05", "2012-05-01", "2012-05-05")
    once = dated("[2011..2017]", "2011-01-01", "2017-12-31")
    on_the_third = dated("2012-05-03", "2012-05-03", "2012-05-03")
    assert not [
        line for line in bounds(once, days, on_the_third) if line.startswith("(")
    ]


def test_an_end_has_its_place_at_the_rail() -> None:
    shown = story_entries(
        [entry._replace(cities=()) for entry in (TERM, year(2012))], Notes()
    )
    lines = [line.rstrip() for line in on_terminal([Story(shown)], 60)]
    assert lines == [
        "2011–17  ▲  visit  A project",
        "         │",
        "   2012  ▲  visit  A visit",
        "         │",
        "   2017  ┤  ends: A project",
    ]


def test_what_is_only_possible_says_so_beside_its_date() -> None:
    shown = story_entries(
        [year(2012)._replace(certainty="possible", cities=())], Notes()
    )
    assert next(plain.lines([Story(shown)])).startswith(
        "2012 (possible)  visit: A visit"
    )
    first, second = on_terminal([Story(shown)], 40)[:2]
    assert first == "    2012  ▲  visit  A visit"
    assert second.startswith("possible  │  Possible: ")


# -- Evidence -----------------------------------------------------------------


def test_sources_are_numbered_as_a_page_cites_them() -> None:
    notes = Notes()
    shown = story_entries(
        [
            ENTRY._replace(sources=page_blocks)
            for page_blocks in ((TWO,), (ONE, TWO), (), (ONE,))
        ],
        notes,
    )
    assert [entry.marks for entry in shown] == ["[1]", "[1][2]", "", "[2]"]
    assert notes.blocks() == (
        Heading("Sources"),
        FieldList(
            (("[1]", ("Second page. Lyon. Sep 2012",)), ("[2]", ("First page",)))
        ),
    )


def test_those_of_the_record_itself_come_first_with_their_notes() -> None:
    noted = ONE._replace(note="gives April")
    notes = Notes((noted,))
    assert notes.marks((TWO, ONE)) == "[1][2]"
    assert list(plain.lines(notes.blocks())) == [
        "Sources",
        "[1] First page",
        "  gives April",
        "[2] Second page. Lyon. Sep 2012",
    ]


def test_a_source_cited_twice_at_one_place_has_one_mark() -> None:
    again = ONE._replace(note="for the summary")
    assert Notes().marks((ONE, again, TWO)) == "[1][2]"


def test_a_page_that_cites_nothing_lists_nothing() -> None:
    assert Notes().blocks() == ()


# -- What an entry says -------------------------------------------------------


def test_what_is_only_possible_is_marked() -> None:
    assert "possible" in facts(ENTRY._replace(certainty="possible"))
    assert "possible" not in facts(ENTRY._replace(certainty="certain"))
    assert "possible" not in facts(ENTRY)


def test_who_took_part_beside_the_subjects() -> None:
    assert facts(ENTRY, "lyon", "yokohama") == {}
    assert facts(ENTRY, "lyon") == {"with": "Yokohama"}
    assert facts(ENTRY) == {"cities": "Lyon and Yokohama"}


def test_a_place_that_the_title_names_is_not_repeated() -> None:
    place = CityRef("yokohama", "Yokohama", country="JP", role="place")
    entry = ENTRY._replace(cities=(place,), title="Lyon attends a forum in Yokohama")
    assert "in" not in facts(entry, "lyon", "yokohama")
    port = entry._replace(title="The port of Yokohama is the subject of a forum")
    assert facts(port, "lyon", "yokohama")["in"] == "Yokohama"


def test_place_people_attendance_organizations_themes_and_claims() -> None:
    entry = ENTRY._replace(
        cities=(
            CityRef("lyon", "Lyon", country="FR", role="delegation", people=50),
            CityRef("yokohama", "Yokohama", country="JP", role="place"),
        ),
        attendance=AttendanceRef(21, 300),
        organizations=(
            Ref("a", "A", "organizer"),
            Ref("b", "B", "organizer"),
            Ref("c", "C"),
        ),
        themes=(Ref("energy", "Energy"),),
        claims=(
            ClaimRef(
                "date", "2009-11", SourceRef("other", "Another page"), "a leaflet"
            ),
        ),
    )
    assert facts(entry, "lyon", "yokohama") == {
        "Lyon": "delegation, 50 people",
        "in": "Yokohama",
        "attendance": "21 cities, 300 people",
        "organizers": "A, B",
        "with": "C",
        "themes": "Energy",
        "another source": "Another page gives Nov 2009 [1] (a leaflet)",
    }


TIE = PartnershipRow(
    "lyon-yokohama", "Lyon – Yokohama", "sister-city", "1959-04", None, None, None, None, None,
    (), (), (), (),
)  # fmt: skip


def test_since_when_a_tie_is_what_it_is() -> None:
    assert since_phrase(TIE) == "Sister cities since Apr 1959"
    assert since_phrase(TIE._replace(start=None)) == "Sister cities"
    assert since_phrase(TIE._replace(start="1959/..")) == "Sister cities since 1959"
    assert since_phrase(TIE._replace(end="2001", status="ended")) == (
        "Sister cities since Apr 1959, until 2001 (ended)"
    )


def test_the_page_of_a_timeline() -> None:
    answer = Timeline(
        query={"subjects": ["lyon", "yokohama"], "theme": ["energy"]},
        results=(
            ENTRY._replace(sources=(ONE,)),
            ENTRY._replace(
                date=None, earliest=None, latest=None, title="A paper", kind="agreement"
            ),
        ),
        subjects=(
            Subject("city", "lyon", "Lyon", "FR"),
            Subject("city", "yokohama", "Yokohama", "JP"),
        ),
        ties=(TIE,),
        networks=(TIE._replace(id="u20", name="U20", kind="network"),),
    )
    assert list(plain.lines(page(answer))) == [
        "Lyon (France) – Yokohama (Japan)",
        "Sister cities since Apr 1959",
        "Both in U20 (network)",
        "Only theme: energy",
        "",
        "2009  visit: A visit [1]",
        "",
        "Date not known",
        "agreement: A paper",
        "",
        "Sources",
        "[1] First page",
    ]


def tokyo(*cities: str, title: str = "A visit", **fields: Any) -> TimelineEntry:
    return ENTRY._replace(
        title=title, cities=tuple(CityRef(id_, id_.title()) for id_ in cities), **fields
    )


SEVERAL = Timeline(
    query={"subjects": ["tokyo", "seoul", "beijing"]},
    results=(
        tokyo("tokyo", "seoul", "paris"),
        tokyo("seoul", "beijing", title="Seoul in Beijing"),
    ),
    subjects=tuple(
        Subject("city", id_, id_.title(), None) for id_ in ("tokyo", "seoul", "beijing")
    ),
)


def test_of_several_cities_each_entry_says_which_it_concerns() -> None:
    assert list(plain.lines(page(SEVERAL))) == [
        "Tokyo – Seoul – Beijing",
        "",
        "2009  visit: A visit",
        "  Cities: Tokyo and Seoul",
        "  With: Paris",
        "2009  visit: Seoul in Beijing",
    ]


def test_of_any_of_two_too() -> None:
    answer = SEVERAL._replace(
        query={"subjects": ["tokyo", "seoul"], "any": True},
        subjects=SEVERAL.subjects[:2],
    )
    assert list(plain.lines(page(answer)))[:4] == [
        "Tokyo or Seoul",
        "",
        "2009  visit: A visit",
        "  Cities: Tokyo and Seoul",
    ]


def test_ties_and_networks_of_several_say_whose_they_are() -> None:
    first, second, third = (
        CityRef(id_, id_.title()) for id_ in ("tokyo", "seoul", "beijing")
    )
    network = TIE._replace(id="u20", name="U20", kind="network")
    answer = SEVERAL._replace(
        results=(),
        ties=(TIE._replace(name="Tokyo – Seoul", themes=(Ref("light", "Light"),)),),
        networks=(
            network._replace(members=(first, second)),
            network._replace(name="C40", members=(first, second, third)),
            network._replace(name="ICLEI", members=(first, second)),
        ),
    )
    assert list(plain.lines(page(answer)))[1:] == [
        "Tokyo – Seoul: sister cities since Apr 1959; themes: Light",
        "Tokyo and Seoul in U20 (network), ICLEI (network)",
        "All in C40 (network)",
    ]


def test_groups_stand_under_headings_and_what_has_no_date_apart() -> None:
    entry = ENTRY._replace(cities=())
    undated = entry._replace(title="A paper", date=None, earliest=None, latest=None)
    light = Group("light", "Light")
    answer = SEVERAL._replace(
        query={"subjects": [], "by": "theme"},
        subjects=(),
        results=(
            entry._replace(group=light),
            undated._replace(group=light),
            entry,
            undated,
        ),
    )
    assert list(plain.lines(page(answer))) == [
        "Timeline",
        "",
        "Light",
        "2009  visit: A visit",
        "",
        "Light, date not known",
        "visit: A paper",
        "",
        "No theme",
        "2009  visit: A visit",
        "",
        "No theme, date not known",
        "visit: A paper",
    ]


# -- Any page at all ----------------------------------------------------------

words = st.text(
    alphabet=st.one_of(
        st.sampled_from("abcdefg -–,."),
        st.sampled_from("横浜市リヨンソウル서울"),
        st.sampled_from("éŁşกุ[]()/\t\n"),
    ),
    max_size=30,
)
long_words = st.integers(20, 200).map(lambda n: "https://" + "x" * n)
texts = st.lists(st.one_of(words, words, long_words), max_size=6).map(" ".join)
labels = st.text(alphabet="abc横 ", min_size=1, max_size=20)
whens = st.sampled_from(
    [
        "",
        "2009",
        "c. 1860",
        "Sep 2012",
        "c. 24 Jan 2018? – c. Mar 2020?",
        "c. 1950s? – c. 1960s?",
    ]
)
story = st.lists(
    st.builds(
        StoryEntry,
        when=whens,
        kind=st.sampled_from(["visit", "agreement", "commemoration", "outcome"]),
        title=texts,
        marks=st.sampled_from(["", "[1]", "[1][12][123]"]),
        summary=st.none() | texts,
        facts=st.lists(st.tuples(labels, texts), max_size=2).map(tuple),
        participants=st.lists(st.tuples(labels, texts), max_size=2).map(tuple),
        gap=st.none() | st.just("about 95 years"),
        is_possible=st.booleans(),
        bounds=st.lists(
            st.builds(
                Bound,
                when=whens,
                label=st.sampled_from(["ends", "begins"]),
                title=texts,
            ),
            max_size=2,
        ).map(tuple),
    ),
    max_size=4,
)
COLUMNS = ("since", "name", "kind", "status", "themes", "id")
ids = st.text(alphabet="abc-", min_size=1, max_size=40)
tables = st.integers(0, 5).flatmap(
    lambda n: st.builds(
        TableBlock,
        st.just(COLUMNS[5 - n :]),
        st.lists(st.tuples(*[texts] * n, ids), max_size=4).map(tuple),
    )
)
findings = st.lists(
    st.builds(
        FindingBlock,
        place=labels,
        code=st.just("CL201"),
        severity=st.sampled_from(["error", "warning"]),
        message=texts,
        help=st.none() | texts,
        line=st.none() | texts,
        column=st.integers(1, 200),
        number=st.integers(1, 16 * 1024 * 1024),
    ),
    max_size=3,
)
blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Title, texts, st.lists(texts, max_size=2).map(tuple)),
    st.builds(Heading, texts),
    st.builds(Prose, texts),
    st.builds(
        FieldList,
        st.lists(
            st.tuples(labels, st.lists(texts, min_size=1, max_size=3).map(tuple)),
            min_size=1,
            max_size=4,
        ).map(tuple),
    ),
    tables,
    st.builds(Story, story.map(tuple), st.booleans()),
)
widths = st.sampled_from((40, 41, 60, 80)) | st.integers(40, 140)
modest = examples(150)


def on_terminal(page_blocks: list[Block], width: int) -> list[str]:
    console = Console(
        width=width, file=io.StringIO(), force_terminal=True, color_system=None
    )
    return [line.plain for line in terminal.lines(page_blocks, console)]


def too_wide(page_blocks: list[Block], width: int) -> list[str]:
    return [line for line in on_terminal(page_blocks, width) if cell_len(line) > width]


@modest
@given(st.lists(blocks.filter(lambda block: not isinstance(block, TableBlock)), max_size=3),
       widths)  # fmt: skip
def test_no_line_is_wider_than_the_terminal(
    page_blocks: list[Block], width: int
) -> None:
    assert too_wide(page_blocks, width) == []


@modest
@given(tables, widths)
def test_no_table_is_wider_than_the_terminal(table: TableBlock, width: int) -> None:
    assert too_wide([table], width) == []


@modest
@given(findings, widths)
def test_no_finding_is_wider_than_the_terminal(
    page_blocks: list[FindingBlock], width: int
) -> None:
    assert too_wide([Findings(tuple(page_blocks))], width) == []


def test_six_full_columns_fit_forty_cells() -> None:
    row = (
        "15 Sep 2012",
        "Lyon – Yokohama",
        "sister city",
        "suspended",
        "Energy, Light",
        "lyon-y",
    )
    assert (
        too_wide(
            [TableBlock(("since", "name", "kind", "status", "themes", "id"), (row,))],
            40,
        )
        == []
    )


def test_a_status_that_is_wider_than_its_column_is_cut() -> None:
    rows = (
        ("", "", "", "", "", "a" * 10),
        ("ウ", "[" * 9, "[[[[ [[[ウ", "https://xxxxxxxxxxxxxxxxxxxx", "", "a"),
    )
    columns = ("since", "name", "kind", "status", "themes", "id")
    assert too_wide([TableBlock(columns, rows)], 50) == []


def test_a_line_begins_with_no_space_and_no_closing_mark() -> None:
    text = "林市長と松本市会議長が上海市を訪問. City of Yokohama"
    for width in range(10, 60):
        lines = on_terminal([Prose(text)], width)
        assert all(line[0] not in " ." for line in lines), width
        assert all(cell_len(line) <= width for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_an_address_is_broken_only_where_the_terminal_ends() -> None:
    address = f"https://example.org/{'a' * 100}"
    block = FieldList((("[1]", ("A page. " * 15, address)),))
    *paragraph, whole = on_terminal([block], 140)
    assert whole == f"     {address}"
    assert all(len(line) <= 100 for line in paragraph)
    assert not any(address in line for line in on_terminal([block], 120))


def test_an_excerpt_of_wide_characters_fits() -> None:
    finding = FindingBlock(
        "a.yaml:1:1", "CL201", "error", "no", line="横" * 70, column=1
    )
    assert too_wide([Findings((finding,))], 80) == []


@modest
@given(st.lists(blocks, max_size=3), widths)
def test_on_a_terminal_nothing_that_is_read_is_lost(
    page_blocks: list[Block], width: int
) -> None:
    shown = "".join("".join(on_terminal(page_blocks, width)).split())
    for block in page_blocks:
        if isinstance(block, Prose):
            assert "".join(block.text.split()) in shown


@modest
@given(st.lists(blocks, max_size=3))
def test_plain_lines_have_no_box_and_no_escape(page_blocks: list[Block]) -> None:
    for line in plain.lines(page_blocks):
        assert not any("\u2500" <= character <= "\u259f" for character in line)
        assert "\x1b" not in line
        assert "\n" not in line


@modest
@given(tables)
def test_a_plain_table_is_separated_by_tabs(table: TableBlock) -> None:
    table = table._replace(has_header=True)
    lines = list(plain.lines([table]))
    assert len(lines) == len(table.rows) + bool(table.rows)
    if table.rows:
        assert lines[0] == "\t".join(table.columns)
    headless = table._replace(has_header=False)
    assert list(plain.lines([headless])) == lines[1:]
    assert all(line.count("\t") == len(table.columns) - 1 for line in lines)


def test_plain_lines_are_not_cut() -> None:
    text = "word " * 200
    assert list(plain.lines([Prose(text.strip())])) == [text.strip()]


HOSTILE = "\x1b[31m \u202e \x07"


@pytest.mark.parametrize(
    "block",
    [
        Title(HOSTILE, (HOSTILE,)),
        Heading(HOSTILE),
        Prose(HOSTILE),
        FieldList(((HOSTILE, (HOSTILE,)),)),
        TableBlock(("id",), ((HOSTILE,),)),
        Story(
            (StoryEntry("2009", "visit", HOSTILE, "", HOSTILE, ((HOSTILE, HOSTILE),)),)
        ),
        Story(
            (
                StoryEntry(
                    "2009", "visit", "A visit", bounds=(Bound("2017", "ends", HOSTILE),)
                ),
            )
        ),
        Route((HOSTILE, HOSTILE), ((HOSTILE,),)),
        Findings((FindingBlock(HOSTILE, "CL201", "error", HOSTILE, HOSTILE, HOSTILE),)),
    ],
)
def test_text_of_a_record_steers_no_terminal(block: Block) -> None:
    for line in (*on_terminal([block], 80), *plain.lines([block])):
        assert not {"\x1b", "\u202e", "\x07"} & set(line)


def test_columns_of_cjk_are_aligned() -> None:
    table = TableBlock(("name", "id"), (("横浜市", "yokohama"), ("Lyon", "lyon")))
    _, first, second = on_terminal([table], 80)
    assert cell_len(first[: first.index("yokohama")]) == cell_len(
        second[: second.index("lyon")]
    )


# -- Who came and went together ---------------------------------------------------


def joining(
    city: str, date: str = "1990", role: str | None = None, tie: str = "The Net"
) -> TimelineEntry:
    return ENTRY._replace(
        kind="join",
        detail=role,
        date=date,
        title=f"{city} joins {tie}",
        cities=(CityRef(city.lower(), city),),
        record=RecordRef("partnership", tie.lower(), tie),
    )


def test_those_who_join_at_one_time_do_so_in_one_line() -> None:
    a, b, later = joining("A"), joining("B"), joining("C", "1991")
    shown = chronology.merge_memberships([a, b, later])
    assert [entry.title for entry in shown] == [
        "A and B join The Net",
        "C joins The Net",
    ]
    assert [city.name for city in shown[0].cities] == ["A", "B"]


def test_who_joins_in_another_role_or_another_tie_does_so_alone() -> None:
    entries = [joining("A"), joining("B", role="chair"), joining("C", tie="The Web")]
    assert chronology.merge_memberships(entries) == entries


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("start", "start"),
        ("agreements[1].signed", "signing date of agreement 2"),
        ("attendance.cities", "number of cities"),
        ("part_of", "part of"),
        ("members[0].city", "member 1"),
        ("cities[2].role", "role of city 3"),
        ("organizations[0].organization", "organization 1"),
        ("outcomes[0].city", "city of outcome 1"),
        ("counts[1].value", "count 2"),
        ("members", "members"),
        ("aliases[0].lang", "language of alias 1"),
        ("location.latitude", "latitude of location"),
    ],
)
def test_the_path_of_a_field_in_words(path: str, words: str) -> None:
    assert phrases.field_phrase(path) == words


@pytest.mark.parametrize(
    "layout", [terminal, plain, markdown], ids=lambda layout: layout.__name__
)
def test_every_layout_knows_every_block(layout: Any) -> None:
    assert layout._LINES.keys() == set(get_args(Block))


called = st.text(alphabet="abc横 ", min_size=1, max_size=80)


@modest
@given(
    st.lists(called, min_size=2, max_size=4),
    st.lists(called, max_size=3),
    st.integers(20, 140),
)
def test_a_route_fits_and_tells_all(
    stops: list[str], ways: list[str], width: int
) -> None:
    route = Route(tuple(stops), (tuple(ways),) * (len(stops) - 1))
    lines = on_terminal([route], width)
    assert all(cell_len(line) <= width for line in lines)
    assert [line[0] for line in lines if line[0] in "●○"] == list(
        "●" + "○" * (len(stops) - 2) + "●"
    )
    shown = "".join(line.lstrip("●○│ ") for line in lines).replace(" ", "")
    wanted = [stops[0], *(text for stop in stops[1:] for text in (*ways, stop))]
    assert shown == "".join(wanted).replace(" ", "")


# -- Charts -------------------------------------------------------------------


def drawn(rows: dict[int, tuple[int, int]], width: int) -> tuple[list[str], str]:
    """The lines of bars, from the top, and the line of years, without what stands
    before them.
    """
    chart = Chart(
        ("year", "possibly", "certainly"),
        tuple((year, *counts) for year, counts in rows.items()),
    )
    lines = on_terminal([chart], width)
    assert all(cell_len(line) <= width for line in lines)
    axis = len(str(max(possible for possible, _ in rows.values()))) + 2
    *bars, years, _ = (line[axis:] for line in lines)
    return bars, years


many_years = st.integers(1, 300).flatmap(
    lambda count: st.tuples(
        st.integers(1000, 9000), st.just(count), st.integers(0, count - 1)
    )
)


@modest
@given(many_years, widths)
def test_a_chart_shows_a_peak_of_one_year(
    shape: tuple[int, int, int], width: int
) -> None:
    first, count, peak = shape
    rows = dict.fromkeys(range(first, first + count), (50, 0))
    for counts, sign in (((100, 0), "░"), ((100, 100), "█")):
        top = drawn({**rows, first + peak: counts}, width)[0][0]
        assert top.strip() == sign
        assert top.index(sign) <= peak


@modest
@given(many_years, widths)
def test_a_chart_names_its_first_and_its_last_year(
    shape: tuple[int, int, int], width: int
) -> None:
    first, count, _ = shape
    _, years = drawn(dict.fromkeys(range(first, first + count), (1, 1)), width)
    assert years.split() == [str(first), str(first + count - 1)][:count]
    assert years.startswith(str(first))


def test_a_column_of_several_years_has_the_most_of_each() -> None:
    rows = {1950 + number: (1, 0) for number in range(160)}
    bars, _ = drawn({**rows, 1950: (4, 1), 1951: (3, 3)}, 84)
    column = "".join(line[:1] for line in bars)
    assert column == "░" * 2 + "█" * 8


def test_a_chart_of_nothing_has_no_bar() -> None:
    bars, _ = drawn({2024: (0, 0)}, 80)
    assert "".join(bars).strip() == ""


def test_marks_of_a_passage_stand_where_its_letters_are() -> None:
    """Also behind what a terminal must not have, which is a space there."""
    hit = HitBlock("A", "text", "silk\a\r\x1b silk", ((0, 4), (8, 12)))
    console = Console(file=io.StringIO(), width=80)
    [_, passage] = hits_lines(Hits((hit,)), console)
    assert passage.plain.strip() == "silk    silk"
    marked = [
        passage.plain[s.start : s.end]
        for s in passage.spans
        if s.style == "bold yellow"
    ]
    assert marked == ["silk", "silk"]


# -- Signs --------------------------------------------------------------------


def test_every_kind_of_entry_has_a_sign() -> None:
    kinds = {*EVENT_KINDS, *ENTRY_PLACES}
    assert kinds - {*SIGNS} == set(), (
        "these kinds want a row in SIGNS of views/terminal/stories.py,"
        " a sign and its colour, or OTHER_SIGN"
    )
    assert {*SIGNS} - kinds == set(), "these signs are of no kind: take them away"


# -- Tables that do not fit -------------------------------------------------------

PARTNERSHIPS = TableBlock(
    ("start", "name", "kind", "status", "themes", "organizations", "id"),
    (
        (
            "26 Jun 1965",
            "Friendship and cooperation of Yokohama, Quanzhou and Gwangju",
            "technical cooperation",
            "dormant",
            "Culture, Economic development, Education, Good food",
            "JICA (adviser), World Bank (adviser)",
            "countermeasures-to-combat-infectious-diseases-in-asia",
        ),
        ("1951", "リヨン – 横浜市", "sister city", "", "Light", "", "lyon-yokohama"),
    ),
    ("organizations", "themes", "kind", "status"),
)


@pytest.mark.parametrize("width", range(50, 240, 3))
def test_a_table_has_one_row_for_each_item(width: int) -> None:
    header, first, second, *hidden = on_terminal([PARTNERSHIPS], width)
    columns = header.split()
    assert first.startswith("26 Jun 1965")
    assert second.startswith("1951")
    assert "…" in first or width > 200
    assert "横浜市" in second
    assert {"name", "id"} <= set(columns), "what it is, and how it is called"
    known = [name for name in PARTNERSHIPS.columns if name != "status"]
    missing = [name for name in known if name not in columns]
    assert "dormant" in first, "in its column or beside the name"
    assert all(name in " ".join(hidden) for name in missing)
    assert bool(hidden) == bool(missing)
    if width < 100:
        assert columns[-1] == "id"


# As the page of partnerships has it.
LISTED = PARTNERSHIPS._replace(
    hide_first=("organizations", "status", "id", "themes", "kind")
)


def test_below_a_hundred_columns_ids_are_cut_before_themes_are_hidden() -> None:
    header, first, second, hidden = on_terminal([LISTED], 80)
    assert header.split() == ["start", "name", "kind", "themes", "id"]
    assert "technical…" in first
    assert "Culture, Econ" in first
    assert first.endswith("countermeas…")
    assert second.endswith("lyon-yokoha…")
    assert (
        hidden
        == "Hidden: organizations; a wider terminal or --format markdown shows all"
    )
    wide = on_terminal([LISTED], 100)[2]
    assert wide.endswith("lyon-yokohama"), "where there is room ids are whole"


def test_of_a_long_name_of_members_the_first_and_the_last_stay() -> None:
    name = "Lyon – Métropole de Lyon – Yerevan"
    rows = [(name, id_) for id_ in ("lyon-yerevan-cooperation", "short")]
    block = TableBlock(("name", "id"), tuple(rows))
    _, *cut = on_terminal([block], 50)
    assert [line.split("  ")[0] for line in cut] == ["Lyon – … – Yerevan"] * 2
    _, *whole = on_terminal([block], 70)
    assert all(line.startswith(name) for line in whole)


@pytest.mark.parametrize("width", range(50, 90))
def test_a_status_without_a_column_stands_behind_the_name(width: int) -> None:
    _, first, second, *hidden = on_terminal([LISTED], width)
    assert "… (dormant)  " in first
    assert "(" not in second
    assert "status" not in " ".join(hidden)


def test_an_id_that_fits_is_whole() -> None:
    rows = [
        (*row[:-1], id_)
        for row, id_ in zip(LISTED.rows, ("luci", "lyon-lodz"), strict=True)
    ]
    lines = on_terminal([LISTED._replace(rows=tuple(rows))], 80)
    assert lines[1].endswith("  luci")
    assert lines[2].endswith("  lyon-lodz")


def test_ids_that_would_mostly_be_cut_are_cut_before_titles() -> None:
    id_ = "2012-yokohama-urban-vulnerabilities"
    row = (
        "Sep 2012",
        "Lyon attends symposium on urban vulnerabilities",
        "symposium",
        id_,
    )
    block = TableBlock(("date", "title", "kind", "id"), (row, row), ("id", "kind"))
    _, first, _ = on_terminal([block], 85)
    assert first.startswith(
        "Sep 2012  Lyon attends symposium on urban vulnerabilities  "
    )


def test_in_other_lists_columns_are_hidden_before_ids_are_cut() -> None:
    long = "organization-of-the-sea"
    cells = ("Cities by the Sea", "network of cities and towns", "Australia", long)
    block = TableBlock(("name", "kind", "region", "id"), (cells,), ("region",))
    header, first, hidden = on_terminal([block], 65)
    assert header.split() == ["name", "kind", "id"]
    assert first.endswith(long)
    assert hidden.startswith("Hidden: region;")
    header, first, *_ = on_terminal([block], 50)
    assert header.split() == ["name", "kind", "id"]
    assert first.endswith("…")


def test_columns_are_hidden_in_the_order_that_the_page_says() -> None:
    order = list(PARTNERSHIPS.hide_first)
    before: list[str] = []
    for width in range(240, 49, -1):
        columns = on_terminal([PARTNERSHIPS], width)[0].split()
        hidden = [name for name in order if name not in columns]
        assert hidden == order[: len(hidden)], width
        assert len(hidden) >= len(before), "a narrower table shows no more"
        before = hidden
    assert before == order


def test_below_fifty_columns_a_table_is_stacked_where_it_does_not_fit() -> None:
    lines = on_terminal([PARTNERSHIPS], 49)
    assert lines[0].split() == ["start", "26", "Jun", "1965"]
    assert "Gwangju" in " ".join(lines), "nothing is cut"
    small = TableBlock(("id", "name"), (("lyon", "Lyon"),))
    assert on_terminal([small], 40) == ["name  id", "Lyon  lyon"]


def test_numbers_stand_at_the_right_of_their_column() -> None:
    table = TableBlock(("records", "name"), (("9", "Lyon"), ("129", "Tokyo")))
    assert on_terminal([table], 80) == [
        "records  name",
        "      9  Lyon",
        "    129  Tokyo",
    ]


def test_a_table_without_its_header() -> None:
    table = PARTNERSHIPS._replace(has_header=False)
    with_header = on_terminal([PARTNERSHIPS], 80)
    assert on_terminal([table], 80) == with_header[1:]
    bars = Bars(("kind", "events"), (("visit", (3, 0)),), has_header=False)
    assert next(plain.lines([bars])).startswith("visit\t3")
    assert on_terminal([bars], 80)[0].startswith("visit")


# -- Bars ---------------------------------------------------------------------

BARS = Bars(
    ("kind", "partnerships", "events", "uncertain"),
    (("visit", (0, 30, 1)), ("sister city", (15, 0, 0))),
    heading="Partnerships and events by kind",
)


def test_partnerships_and_events_have_bars_of_their_own_to_one_scale() -> None:
    heading, names, visit, sister = on_terminal([BARS], 80)
    assert heading == "Partnerships and events by kind"
    assert names.split() == ["kind", "partnerships", "events", "uncertain"]
    assert visit.index("30") == names.index("events")
    assert sister.index("15") == names.index("partnerships")
    assert visit.count("█") == 2 * sister.count("█") > 0


def test_a_pipe_has_the_names_of_the_columns_and_no_heading() -> None:
    assert next(plain.lines([BARS])) == "kind\tpartnerships\tevents\tuncertain"


@modest
@given(
    st.lists(
        st.tuples(labels, st.tuples(*[st.integers(0, 10**6)] * 4)),
        min_size=1,
        max_size=5,
    ),
    widths,
)
def test_bars_fit_and_say_every_number(
    rows: list[tuple[str, tuple[int, ...]]], width: int
) -> None:
    bars = Bars(("a", "cities", "partnerships", "events", "records"), tuple(rows))
    lines = on_terminal([bars], width)
    assert all(cell_len(line) <= width for line in lines)
    shown = " ".join(lines)
    for _, numbers in rows:
        assert all(str(number) in shown for number in numbers if number)


# -- Search and periods -------------------------------------------------------


def hit(reason: str, passage: str) -> HitBlock:
    record = RecordRef("event", "a-visit", "A visit to the silk fair")
    [block] = search_page(
        Search({}, (Hit(1.0, reason, passage, ((0, 1),), None, "visit", record),))
    )
    assert isinstance(block, Hits)
    return block.hits[0]


def test_a_passage_is_shown_where_it_says_more_than_the_title() -> None:
    assert hit("title", "… visit to the silk fair").passage == ""
    assert hit("text", "Silk was shown.").passage == "Silk was shown."


def test_a_reason_is_given_where_it_is_not_obvious() -> None:
    plain_about = "event · visit · a-visit"
    assert hit("title", "A visit").about == plain_about
    assert hit("text", "Silk was shown.").about == plain_about
    assert hit("theme", "Silk").about == f"{plain_about} · by theme"
    assert hit("alias", "Soie").about == f"{plain_about} · another name"


@pytest.mark.parametrize(
    ("last", "phrase"),
    [
        ("2027-11-29", "in the next 12 months"),
        ("2027-02-27", "in the next 90 days"),
        ("2028-11-29", "in the next 2 years"),
        ("2028-05-29", "in the next 18 months"),
    ],
)
def test_a_period_in_words(last: str, phrase: str) -> None:
    assert period_phrase("2026-11-29", last) == phrase


def test_a_period_that_ends_with_a_shorter_month() -> None:
    assert period_phrase("2026-11-30", "2027-02-28") == "in the next 3 months"
    assert period_phrase("2026-01-31", "2026-02-28") == "in the next month"
