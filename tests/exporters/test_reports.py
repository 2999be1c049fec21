"""The formats of a report of problems: held to their schemas, harmless, the same every
time.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from support import ROOT, examples

from citylinks import KnowledgeBase
from citylinks.cli.app import main
from citylinks.exporters import FORMATS, REPORTS, format_names, load_exporter
from citylinks.files.diagnostics import RULES
from citylinks.questions.validation import Problem, Totals, Validation
from citylinks.text.safe import visible_lines

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]
    Data = Callable[[Mapping[str, str]], Path]

ONLY_REPORTS = [name for name in FORMATS if FORMATS[name].answers == REPORTS]
SCHEMAS = ROOT / "tests/exporters/schemas"
HOSTILE = 'a\x1b[31m\r\n::error::b\t%0A, c: <d> & "e" ]]> \u202e\ufffe\ud800 {0} 横浜'
ONE = Problem(
    "data/cities/lyon.yaml", 2, 7, "CL301", "unknown-reference", "error",
    "there is no city 'lyonn'", "did you mean 'lyon'?", "a: lyonn",
)  # fmt: skip
WARNED = ONE._replace(
    code="CL401", rule="no-source", severity="warning", help=None, text=None
)
STRANGE = ONE._replace(message=HOSTILE, help=HOSTILE, text=HOSTILE)


def report(*problems: Problem) -> Validation:
    return Validation(
        query={"data": ["data"]}, results=problems, totals=Totals(files=3, records=4)
    )


def written(name: str, *problems: Problem) -> str:
    return "".join(load_exporter(name).lines(report(*problems)))


texts = st.text(max_size=30) | st.just(HOSTILE)
paths = st.text(min_size=1, max_size=20).filter(lambda path: "\0" not in path)
numbers = st.integers(1, 10**6)
problems = st.builds(
    lambda rule, problem: problem._replace(
        code=rule.code, rule=rule.name, severity=rule.severity.value
    ),
    st.sampled_from(RULES),
    st.builds(
        ONE._replace,
        path=paths, line=numbers, column=numbers, message=texts,
        help=st.none() | texts, text=st.none() | texts,
    ),
)  # fmt: skip
few = st.lists(problems, max_size=4)


@given(few, st.sampled_from(ONLY_REPORTS))
def test_nothing_in_a_report_steers_a_terminal(
    problems: list[Problem], name: str
) -> None:
    text = written(name, *problems)
    assert text == visible_lines(text)


# -- github -------------------------------------------------------------------


def test_an_annotation() -> None:
    assert written("github", ONE, WARNED) == (
        "::error file=data/cities/lyon.yaml,line=2,col=7,title=CL301 unknown-reference::"
        "data/cities/lyon.yaml:2:7: CL301 there is no city 'lyonn'%0Adid you mean 'lyon'?\n"
        "::warning file=data/cities/lyon.yaml,line=2,col=7,title=CL401 no-source::"
        "data/cities/lyon.yaml:2:7: CL401 there is no city 'lyonn'\n"
    )


def test_an_annotation_cannot_be_broken_out_of() -> None:
    strange = ONE._replace(path="100%,a:b\r\nc.yaml", message="50% :: a\n::error::b")
    (line,) = written("github", strange).splitlines()
    assert line.startswith(
        "::error file=100%25%2Ca%3Ab%0D%0Ac.yaml,line=2,col=7,title=CL301 "
    )
    assert line.endswith("CL301 50%25 :: a ::error::b%0Adid you mean 'lyon'?")


# -- SARIF --------------------------------------------------------------------

SARIF = Draft202012Validator(
    json.loads((SCHEMAS / "sarif-2.1.0.json").read_text("utf-8"))
)


def log(*problems: Problem) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(written("sarif", *problems))
    SARIF.validate(made)
    return made


def results(*problems: Problem) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = log(*problems)["runs"][0]["results"]
    return made


def marks(*problems: Problem) -> list[str]:
    return [
        result["partialFingerprints"]["citylinks/v1"] for result in results(*problems)
    ]


def test_the_schema_refuses_what_is_no_log() -> None:
    made = log(ONE)
    made["runs"][0]["results"][0]["level"] = "fatal"
    assert not SARIF.is_valid(made)


@examples(30)
@given(few)
def test_a_log_is_as_its_schema_says(problems: list[Problem]) -> None:
    assert len(results(*problems)) == len(problems)


def test_a_result_leads_to_its_rule_and_its_place() -> None:
    run = log(ONE, WARNED)["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.code for rule in RULES]
    for result, problem in zip(run["results"], (ONE, WARNED), strict=True):
        assert result["ruleId"] == rules[result["ruleIndex"]]["id"] == problem.code
        assert result["level"] == problem.severity
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"] == {
            "uri": problem.path,
            "uriBaseId": "%SRCROOT%",
        }
        assert place["region"] == {"startLine": 2, "startColumn": 7}
    assert run["columnKind"] == "unicodeCodePoints"


@pytest.mark.parametrize(
    "rule", log()["runs"][0]["tool"]["driver"]["rules"], ids=lambda r: r["id"]
)
def test_a_rule_explains_itself(rule: dict[str, Any]) -> None:
    assert rule["shortDescription"]["text"].endswith(".")
    assert rule["fullDescription"]["text"].startswith(rule["shortDescription"]["text"])
    assert len(rule["fullDescription"]["text"]) <= 1024
    assert rule["help"]["text"].startswith(rule["fullDescription"]["text"])


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("data/a b.yaml", "data/a%20b.yaml"),
        ("data/100%#?.yaml", "data/100%25%23%3F.yaml"),
        ("横.yaml", "%E6%A8%AA.yaml"),
        ("a:b\n.yaml", "a%3Ab%0A.yaml"),
    ],
)
def test_an_address_is_escaped(path: str, uri: str) -> None:
    (result,) = results(ONE._replace(path=path))
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_what_lies_elsewhere_has_a_whole_address(tmp_path: Path) -> None:
    path = tmp_path / "a b.yaml"
    (result,) = results(ONE._replace(path=str(path)))
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": path.as_uri()}


def test_a_fingerprint_outlives_its_line() -> None:
    assert marks(ONE) == marks(
        ONE._replace(line=90, column=3, help=None, text="b: lyonn")
    )


def test_a_fingerprint_tells_problems_apart() -> None:
    others = [
        ONE,
        ONE._replace(line=8),
        ONE._replace(code="CL302", rule="duplicate-id"),
        ONE._replace(path="data/cities/paris.yaml"),
        ONE._replace(message="there is no city 'parris'"),
    ]
    assert len(set(marks(*others))) == len(others)


# -- JUnit --------------------------------------------------------------------

XSD = xmlschema.XMLSchema(str(SCHEMAS / "junit-10.xsd"))


def suite(*problems: Problem) -> ElementTree.Element:
    text = written("junit", *problems)
    XSD.validate(text)
    (made,) = ElementTree.fromstring(text)
    return made


def test_the_schema_refuses_what_is_no_report() -> None:
    assert not XSD.is_valid(written("junit", ONE).replace("testcase", "case"))


@examples(30)
@given(few)
def test_a_document_is_as_its_schema_says(problems: list[Problem]) -> None:
    made = suite(*problems)
    cases = made.findall("testcase")
    assert made.get("tests") == str(len(cases)) == str(len(problems) or 1)
    assert made.get("failures") == str(len(made.findall("testcase/failure")))
    assert made.get("skipped") == str(len(made.findall("testcase/skipped")))
    assert len({(case.get("classname"), case.get("name")) for case in cases}) == len(
        cases
    )


def test_an_error_fails_and_a_warning_is_skipped() -> None:
    failed, skipped = suite(ONE, WARNED).findall("testcase")
    assert failed.attrib == {
        "classname": "data/cities/lyon",
        "name": "CL301 unknown-reference: there is no city 'lyonn'",
    }
    assert failed[0].tag == "failure"
    assert failed[0].text == (
        "data/cities/lyon.yaml:2:7: CL301 there is no city 'lyonn'\na: lyonn\ndid you mean 'lyon'?"
    )
    assert skipped[0].tag == "skipped"


def test_without_problems_one_case_passes() -> None:
    (case,) = suite()
    assert list(case) == []


def test_what_xml_forbids_is_written_as_its_code() -> None:
    (case,) = suite(STRANGE)
    assert "\\x1b[31m" in (case[0].text or "")


# -- GitLab ---------------------------------------------------------------------


def issues(*problems: Problem) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = json.loads(written("gitlab", *problems))
    return made


def test_an_issue_has_what_gitlab_asks_for() -> None:
    error, warning = issues(ONE, WARNED)
    assert error == {
        "description": (
            "CL301 unknown-reference: there is no city 'lyonn'; did you mean 'lyon'?"
        ),
        "check_name": "CL301",
        "fingerprint": error["fingerprint"],
        "severity": "major",
        "location": {"path": "data/cities/lyon.yaml", "lines": {"begin": 2}},
    }
    assert warning["severity"] == "minor"
    assert warning["description"] == "CL401 no-source: there is no city 'lyonn'"


def test_issues_have_the_fingerprints_of_sarif() -> None:
    problems = (ONE, WARNED, ONE._replace(line=8), ONE)
    assert [issue["fingerprint"] for issue in issues(*problems)] == marks(*problems)


def test_without_problems_there_is_an_empty_list() -> None:
    assert written("gitlab") == "[]\n"


@examples(30)
@given(few)
def test_a_report_for_gitlab_is_json(problems: list[Problem]) -> None:
    assert len(issues(*problems)) == len(problems)


# -- Which format, and where to -----------------------------------------------

BROKEN = {"cities/lyon.yaml": "name: Lyon\npart_of: rhone\ncountry: FR\nsources: [page]\n",
          "sources.yaml": "page: {title: A page}\n"}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "begins"),
    [("report.sarif", '{\n"$schema"'), ("report.xml", "<?xml"), ("report.json", '{\n"schema"'),
     ("report.csv", "path,line,"), ("report.txt", "data/cities/lyon.yaml:2:10: ")],
)  # fmt: skip
def test_a_file_says_its_format(run: Run, data: Data, name: str, begins: str) -> None:
    folder = data(BROKEN).parent
    done = run("validate", "--output", name, cwd=folder, env={"GITHUB_ACTIONS": "true"})
    assert (done.returncode, done.stdout) == (1, "")
    assert (folder / name).read_text(encoding="utf-8").startswith(begins)


@pytest.mark.parametrize(
    ("arguments", "begins"),
    [([], "::error file=data/"), (["--format", "text"], "data/"), (["--json"], "{")],
)
def test_in_github_actions_problems_become_annotations(
    run: Run, data: Data, arguments: list[str], begins: str
) -> None:
    folder = data(BROKEN).parent
    done = run("validate", *arguments, cwd=folder, env={"GITHUB_ACTIONS": "true"})
    assert done.stdout.startswith(begins)
    other = run("list", "cities", cwd=folder, env={"GITHUB_ACTIONS": "true"})
    assert "Lyon" in other.stdout
    assert "::" not in other.stdout


SOUND = {"cities/lyon.yaml": "name: Lyon\ncountry: FR\nsources: [page]\n",
         "sources.yaml": "page: {title: A page}\n"}  # fmt: skip


@pytest.mark.parametrize("name", format_names("report"))
@pytest.mark.parametrize("files", [BROKEN, SOUND], ids=["broken", "sound"])
@pytest.mark.parametrize("way", ["option", "variable"])
def test_a_count_of_problems_has_the_formats_of_answers(
    data: Data, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    name: str, files: Mapping[str, str], way: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(data(files).parent)
    if way == "variable":
        monkeypatch.setenv("CITYLINKS_OUTPUT_FORMAT", name)
    code = main(
        ["validate", "--statistics", *(["--format", name] if way == "option" else [])]
    )
    out, err = capsys.readouterr()
    if name in ONLY_REPORTS:
        assert (code, out) == (2, "")
        who = (
            "--statistics has no format"
            if way == "option"
            else "CITYLINKS_OUTPUT_FORMAT:"
        )
        assert who in err
    else:
        assert code == (1 if files is BROKEN else 0)
        assert ("unknown-reference" in out) == (files is BROKEN)
        assert len(err.splitlines()) == 1


@pytest.mark.parametrize("files", [BROKEN, SOUND], ids=["broken", "sound"])
def test_in_github_actions_a_count_is_the_one_for_people(
    run: Run, data: Data, files: Mapping[str, str]
) -> None:
    folder = data(files).parent
    in_actions, outside = (
        run("validate", "--statistics", cwd=folder, env=env)
        for env in ({"GITHUB_ACTIONS": "true"}, {})
    )
    assert (in_actions.stdout, in_actions.stderr, in_actions.returncode) == (
        outside.stdout, outside.stderr, outside.returncode,
    )  # fmt: skip
    assert in_actions.returncode == (1 if files is BROKEN else 0)


@pytest.mark.parametrize("files", [BROKEN, SOUND], ids=["broken", "sound"])
@pytest.mark.parametrize("name", ["x.sarif", "x.xml", "x.ics", "x.SARIF"])
def test_a_count_is_not_written_under_the_suffix_of_a_report(
    run: Run, data: Data, files: Mapping[str, str], name: str
) -> None:
    folder = data(files).parent
    done = run(
        "validate",
        "--statistics",
        "-o",
        name,
        cwd=folder,
        env={"GITHUB_ACTIONS": "true"},
    )
    assert (done.returncode, done.stdout) == (2, "")
    refused = "cannot write .ics" if name == "x.ics" else "--statistics has no format"
    assert refused in done.stderr
    assert not (folder / name).exists()


@pytest.mark.parametrize("name", ["x.json", "x.csv", "x.md", "x.txt"])
def test_a_count_is_written_to_a_file(run: Run, data: Data, name: str) -> None:
    folder = data(BROKEN).parent
    done = run(
        "validate",
        "--statistics",
        "-o",
        name,
        cwd=folder,
        env={"GITHUB_ACTIONS": "true"},
    )
    assert done.returncode == 1
    assert "unknown-reference" in (folder / name).read_text(encoding="utf-8")


# -- What a variable asks for ---------------------------------------------------


def begin(text: str) -> str:
    return text[:1]


@pytest.mark.parametrize(
    ("arguments", "begins"),
    [
        ([], "{"),
        (["--format", "csv"], "p"),
        (["--format", "text"], "d"),
        (["--json"], "{"),
    ],
)
def test_a_variable_says_the_format_where_no_option_does(
    run: Run, data: Data, arguments: list[str], begins: str
) -> None:
    folder = data(BROKEN).parent
    env = {"CITYLINKS_OUTPUT_FORMAT": "json", "GITHUB_ACTIONS": "true"}
    done = run("validate", *arguments, cwd=folder, env=env)
    assert (done.returncode, begin(done.stdout)) == (1, begins)


@pytest.mark.parametrize(
    "arguments",
    [["list", "cities"], ["show", "lyon"], ["timeline", "lyon"], ["search", "lyon"], ["version"],
     ["stats", "--by", "kind"], ["evidence"], ["anniversaries"], ["expiring"],
     ["explain", "CL301"]],
)  # fmt: skip
def test_every_command_with_formats_heeds_the_variable(
    run: Run, data: Data, arguments: list[str]
) -> None:
    folder = data(SOUND).parent
    done = run(*arguments, cwd=folder, env={"CITYLINKS_OUTPUT_FORMAT": "json"})
    assert "schema" in json.loads(done.stdout)
    plain = run(*arguments, cwd=folder, env={"CITYLINKS_OUTPUT_FORMAT": "text"})
    assert (
        plain.stdout
        == run(*arguments, cwd=folder, env={"CITYLINKS_OUTPUT_FORMAT": ""}).stdout
    )
    assert plain.returncode == 0


@pytest.mark.parametrize(
    ("arguments", "value", "message"),
    [
        (["list", "cities"], "jsn", "unknown format 'jsn'; did you mean 'json'?"),
        (["list", "cities"], "sarif", "'sarif' is not a format of this command"),
        (["validate"], "ics", "'ics' is not a format of this command"),
        (["validate"], "JSON", "unknown format 'JSON'; did you mean 'json'?"),
    ],
)
def test_a_format_that_the_variable_cannot_mean_is_wrong_usage(
    run: Run, data: Data, arguments: list[str], value: str, message: str
) -> None:
    done = run(
        *arguments, cwd=data(SOUND).parent, env={"CITYLINKS_OUTPUT_FORMAT": value}
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"citylinks: CITYLINKS_OUTPUT_FORMAT: {message}")
    done = run(
        *arguments,
        "--json",
        cwd=data(SOUND).parent,
        env={"CITYLINKS_OUTPUT_FORMAT": value},
    )
    assert done.returncode == 0


def test_the_suffix_of_a_file_goes_before_the_variable(run: Run, data: Data) -> None:
    folder = data(SOUND).parent
    env = {"CITYLINKS_OUTPUT_FORMAT": "json"}
    assert run("list", "cities", "-o", "x.csv", cwd=folder, env=env).returncode == 0
    assert (folder / "x.csv").read_text(encoding="utf-8").startswith("id,")


@pytest.mark.parametrize("arguments", [["schema", "record/city"], ["index", "path"]])
def test_a_command_without_formats_does_not_heed_the_variable(
    run: Run, data: Data, arguments: list[str]
) -> None:
    folder = data(SOUND).parent
    done = run(*arguments, cwd=folder, env={"CITYLINKS_OUTPUT_FORMAT": "none"})
    assert done.returncode == 0


# -- How validate ends ------------------------------------------------------------


@pytest.mark.parametrize("more", [[], ["--strict"], ["--statistics"], ["--json"]])
def test_exit_zero_reports_and_does_not_fail(
    run: Run, data: Data, more: list[str]
) -> None:
    folder = data(BROKEN).parent
    failed = run("validate", *more, cwd=folder)
    done = run("validate", *more, "--exit-zero", cwd=folder)
    assert (failed.returncode, done.returncode) == (1, 0)
    assert (failed.stdout, failed.stderr) == (done.stdout, done.stderr)


def test_exit_zero_hides_no_wrong_usage(run: Run, data: Data) -> None:
    folder = data(BROKEN).parent
    assert (
        run("validate", "--exit-zero", "--select", "CL999", cwd=folder).returncode == 2
    )
    assert run("validate", "--exit-zero", "nowhere", cwd=folder).returncode == 2


@pytest.mark.parametrize("name", format_names("report"))
def test_a_report_is_the_same_with_and_without_an_index(
    data: Data, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:  # fmt: skip
    monkeypatch.chdir(
        data({**BROKEN, "cities/nice.yaml": "a: [\n", "events/a.yaml": "date: x\n"})
    )
    (tmp_path / "no-folder").touch()
    reports = []
    for cache in ("no-folder", "cache", "cache"):
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / cache))
        assert main(["validate", "--data", ".", "--format", name]) == 1
        reports.append(capsysbinary.readouterr().out)
    assert reports[0] == reports[1] == reports[2] != b""
    assert list((tmp_path / "cache").rglob("*.sqlite"))


def test_paths_are_relative_to_where_one_stands(
    data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = data(BROKEN)
    with KnowledgeBase.open(folder) as kb:
        monkeypatch.chdir(folder / "cities")
        assert {problem.path for problem in kb.validate().results} == {"lyon.yaml"}
        monkeypatch.chdir(folder / "events")
        paths = {problem.path for problem in kb.validate().results}
        assert paths == {str(folder / "cities/lyon.yaml")}
