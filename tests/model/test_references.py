from textwrap import dedent

from citylinks.files import yaml_reader
from citylinks.model.fields import record_fields
from citylinks.model.records import MODELS
from citylinks.model.references import Reference, find_references


def read_references(type_: str, text: str) -> list[Reference]:
    data = yaml_reader.parse_yaml(dedent(text), "record.yaml").documents[0].data
    model = MODELS[type_].model_validate(data)
    body = model.model_dump(by_alias=True, exclude_none=True, mode="json")
    return find_references(body, record_fields()[type_])


def test_of_a_city() -> None:
    assert read_references(
        "city",
        """
        name: Port of Yokohama
        part_of: yokohama
        counts:
          - {of: sister ports, value: 6, sources: [port-page]}
        sources: [port-page]
        claims:
          - {field: name, value: Yokohama Port, source: wikidata}
        """,
    ) == unordered(
        Reference(("part_of",), "city", "yokohama", None),
        Reference(("counts", 0, "sources", 0), "source", "port-page", None),
        Reference(("sources", 0, "source"), "source", "port-page", None),
        Reference(("claims", 0, "source"), "source", "wikidata", None),
    )


def test_of_a_partnership() -> None:
    assert read_references(
        "partnership",
        """
        kind: network
        part_of: y-port
        members:
          - lyon
          - {city: yokohama, role: chair, sources: [minutes]}
        status:
          - {is: dormant, sources: [news]}
        themes: [energy, light]
        agreements:
          - kind: protocol
            parties: [lyon, yokohama]
            themes: [culture]
            listed: {source: list, position: 2}
            sources: [paper]
        organizations:
          - jica
          - {organization: nedo, role: funder}
        outcomes:
          - {summary: A school, city: lyon, sources: [report]}
        contacts:
          - {name: A. Person, role: head of unit, organization: metropole}
        """,
    ) == unordered(
        Reference(("part_of",), "partnership", "y-port", None),
        Reference(("members", 0, "city"), "city", "lyon", None),
        Reference(("members", 1, "city"), "city", "yokohama", "chair"),
        Reference(("members", 1, "sources", 0), "source", "minutes", None),
        Reference(("status", 0, "sources", 0), "source", "news", None),
        Reference(("themes", 0), "theme", "energy", None),
        Reference(("themes", 1), "theme", "light", None),
        Reference(("agreements", 0, "parties", 0), "city", "lyon", None),
        Reference(("agreements", 0, "parties", 1), "city", "yokohama", None),
        Reference(("agreements", 0, "themes", 0), "theme", "culture", None),
        Reference(("agreements", 0, "listed", "source"), "source", "list", None),
        Reference(("agreements", 0, "sources", 0), "source", "paper", None),
        Reference(("organizations", 0, "organization"), "organization", "jica", None),
        Reference(
            ("organizations", 1, "organization"), "organization", "nedo", "funder"
        ),
        Reference(("outcomes", 0, "city"), "city", "lyon", None),
        Reference(("outcomes", 0, "sources", 0), "source", "report", None),
        Reference(
            ("contacts", 0, "organization"), "organization", "metropole", "head of unit"
        ),
    )


def test_of_an_event() -> None:
    assert read_references(
        "event",
        """
        title: A forum
        date: 2012
        kind: forum
        cities: [lyon]
        place: yokohama
        partnerships: [lyon-yokohama]
        series: {id: smart-forum, edition: 3}
        themes: [energy]
        """,
    ) == unordered(
        Reference(("cities", 0, "city"), "city", "lyon", None),
        Reference(("place",), "city", "yokohama", None),
        Reference(("partnerships", 0), "partnership", "lyon-yokohama", None),
        Reference(("series", "id"), "partnership", "smart-forum", None),
        Reference(("themes", 0), "theme", "energy", None),
    )


def test_of_terms() -> None:
    assert read_references(
        "theme", "{label: Creative industries, broader: culture}"
    ) == [Reference(("broader",), "theme", "culture", None)]
    assert read_references("organization", "{name: NEDO, country: JP}") == []
    assert read_references("source", "{title: A page}") == []


def unordered(*wanted: Reference) -> object:
    """Equal to a list of the same references, each once, in any order."""

    class Same:
        def __eq__(self, other: object) -> bool:
            return isinstance(other, list) and sorted(map(str, other)) == sorted(
                map(str, wanted)
            )

        __hash__ = None  # type: ignore[assignment]

        def __repr__(self) -> str:
            return "\n".join(map(str, wanted))

    return Same()
