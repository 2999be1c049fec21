"""The commands as Typer has them, each made from its file when it is called."""

from __future__ import annotations

import inspect
import sys
from types import NoneType
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from citylinks.cli.commands import COMMANDS
from citylinks.cli.invocation import Invocation, left_out_notes, limit_notes
from citylinks.cli.messages import is_coloured, print_message
from citylinks.cli.options import flags_of, known_formats
from citylinks.cli.parameters import (
    PATHS,
    command_fields,
    command_module,
    is_list,
    is_required,
    make_query,
    queries,
)
from citylinks.errors import CitylinksError, NotFoundError, UsageError
from citylinks.text.safe import docstring, readable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import ModuleType

    from citylinks.cli.invocation import Output
    from citylinks.query.options import Field

# The commands that take the name of no record, so that none of theirs can be unknown.
WITHOUT_RECORDS = ("completion", "explain", "index", "schema", "version")

LONG_DASHES = ("–", "—")  # which word processors make of two hyphens


class Program(TyperGroup):
    """The commands, each built only when it is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Build the command of that name."""
        if cmd_name not in COMMANDS:
            from citylinks.text.suggestions import did_you_mean

            hint = did_you_mean(cmd_name, COMMANDS)
            hint = hint or "; 'citylinks help' lists them"
            raise UsageError(f"unknown command '{cmd_name}'{hint}")
        return build_command(cmd_name)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help of all commands."""
        from citylinks.cli.help.general import general_help

        formatter.write(general_help())


class Command(TyperCommand):
    """A command whose help is the text of its file, then its usage and options."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words after the command, and options by other names too."""
        if any(word.startswith(LONG_DASHES) for word in args):
            args = self._with_hyphens(ctx, args)
        if any(word.startswith("--between") for word in args):
            from citylinks.cli.readings.two_places import read_places

            args = read_places(args)
        try:
            return super().parse_args(ctx, list(args))
        except typer.TyperException as error:
            if not hasattr(error, "possibilities"):  # which an unknown option has
                raise
            refused: str = getattr(error, "option_name", "")
        from citylinks.cli.readings.option_names import read_option

        reading = read_option(args, refused, self._flags(ctx))
        print_message(reading.message)
        return self.parse_args(ctx, reading.words)

    def _with_hyphens(self, ctx: Any, args: list[str]) -> list[str]:
        from citylinks.cli.readings.option_names import read_long_dashes

        reading = read_long_dashes(args, self._flags(ctx))
        if reading.message:
            print_message(reading.message)
        return reading.words

    def _flags(self, ctx: Any) -> dict[str, bool]:
        """Return the long names of the options, and whether each takes a value."""
        flags: dict[str, bool] = {}
        for option in self.get_params(ctx):
            flags |= {
                name: not getattr(option, "is_flag", False) for name in option.opts
            }
        return {name: takes for name, takes in flags.items() if name.startswith("--")}

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the text of the command's file, then usage and options."""
        from citylinks.cli import help as pages

        name = self.name or ""
        parameters = self.get_params(ctx)
        usage = pages.usage(name, parameters)
        codes = f"\nExit codes: 0 done, {_meaning_of_1(name)}2 wrong usage."
        text = pages.render_text(f"{self.help}\n\n{usage}")
        text += pages.render_options(parameters)
        text += pages.render_text(_repeated_options(parameters))
        text += pages.render_text(codes)
        formatter.write(pages.styled(text) if is_coloured(sys.stdout) else text)


def _repeated_options(parameters: Iterable[Any]) -> str:
    """Return the text about options that are given twice, where filters may be."""
    flags = {max(parameter.opts, key=len) for parameter in parameters}
    if "--theme" not in flags:
        return ""
    text = "\nAn option given twice means either"
    if "--with" in flags:
        text += "; --with twice means both cities, with --any either"
    return f"{text}. More: citylinks help filters"


def _meaning_of_1(name: str) -> str:
    """Return the meaning of exit code 1 in a command, if it can end with it."""
    if name == "validate":
        return "1 validate found errors, "
    return "" if name in WITHOUT_RECORDS else "1 no such record, "


# -- From a file to a command ---------------------------------------------------


def build_command(name: str) -> Any:
    """Return the command of one file; its help is the docstring of the file."""
    module = command_module(name)
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    settings = {"help_option_names": ["-h", "--help"]}
    register = app.command(
        name, cls=Command, help=docstring(module), context_settings=settings
    )
    register(_typer_function(module))
    return get_command(app)


def _typer_function(module: ModuleType) -> Callable[..., Output]:
    """Return the function of a command with the parameters that Typer reads."""
    fields = command_fields(module)

    def call(**given: Any) -> Output:
        values = {field.name: _as_text(field, given[field.name]) for field in fields}
        return _call(module, values)

    parameters = [_parameter(field) for field in fields]
    call.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    call.__annotations__ = {each.name: each.annotation for each in parameters}
    return call


def _call(module: ModuleType, values: dict[str, Any]) -> Output:
    """Call the function of a command with its queries, made of the values."""
    invocation = Invocation(values, known_formats(module.OPTIONS))
    invocation.check()
    try:
        needed = _values_of_question(module, values)
        made = [make_query(query, needed) for query in queries(module)]
        output: Output = _selected(module.command(invocation, *made))
    except CitylinksError as error:
        error.notes = left_out_notes(invocation)
        themes = values.get("theme")
        if themes and isinstance(error, NotFoundError):
            from citylinks.cli.readings.themes import search_notes

            error.notes += search_notes(invocation, themes, str(error))
        from citylinks.cli.readings.several_values import several_notes

        error.notes = [*error.notes, *several_notes(values, str(error))]
        raise
    return output


def _values_of_question(module: ModuleType, values: dict[str, Any]) -> dict[str, Any]:
    """Return the values as the question needs them.

    What is counted or sorted is so as a whole; of a search, the best are sorted.
    """
    if values.get("count"):
        from citylinks.questions.session import MOST

        return {**values, "limit": MOST, "sort": None}
    if not values.get("sort"):
        return values
    if values.get("by") and module.__name__.endswith(".timeline"):
        raise UsageError("--by and --sort do not go together")
    [limit] = [field for field in command_fields(module) if field.name == "limit"]
    if limit.default is None:
        values = {**values, "limit": None}
    return {**values, "reverse": False}


def _selected(output: Output) -> Output:
    """Return an output with the results that the options ask for."""
    values = output.invocation.values
    answer = output.answer
    if answer is None:
        return output
    if values.get("count"):
        return output._replace(number=len(answer.results), notes=())
    query = answer.query
    is_reversed = bool(values.get("reverse")) and "reverse" not in query
    limit = values.get("limit") if "limit" not in query else None
    texts = values.get("fields") or ()
    sort = values.get("sort")
    if not (texts or sort or is_reversed or limit):
        return output
    from citylinks.exporters import has_columns
    from citylinks.questions.selection import Selection, select, split_fields

    fields = split_fields(texts)
    if texts and not fields:
        raise UsageError("--fields needs column names, such as name,id")
    format_ = output.invocation.format or "text"
    if fields and not has_columns(format_):
        raise UsageError(f"--fields does not apply to --format {format_}")
    selected = select(answer, Selection(fields, sort, is_reversed, limit))
    notes = (*selected.notes, *output.notes, *limit_notes(selected.left_out))
    return output._replace(answer=selected.answer, notes=notes)


def _as_text(field: Field, value: Any) -> Any:
    """Return a value as text, its bytes read as UTF-8; a path as it was given."""
    if field.option and field.option.completes in PATHS:
        return value
    if isinstance(value, str):
        return readable(value)
    if isinstance(value, list | tuple):
        return [readable(item) for item in value]
    return value


def _parameter(field: Field) -> inspect.Parameter:
    """Return a field as a parameter of a function, in the manner of Typer."""
    option = field.option
    if option is None:
        raise TypeError(f"{field.name} has no option")
    kind = _plain_type(field.type)
    shows_default = isinstance(field.default, int) and kind is int
    settings: dict[str, Any] = {
        "metavar": option.metavar or None,
        "help": option.help,
        "min": option.minimum,
        "show_default": shows_default,
    }
    if option.is_argument:
        info = typer.Argument(**settings)
    else:
        info = typer.Option(*flags_of(field), **settings)
    default = _typer_default(field)
    annotation: Any = list[kind] if is_list(field) else kind  # type: ignore[valid-type]
    if default is None:
        annotation |= None
    return inspect.Parameter(
        field.name,
        inspect.Parameter.KEYWORD_ONLY,
        default=default,
        annotation=Annotated[annotation, info],
    )


def _typer_default(field: Field) -> Any:
    """Return the default for Typer, which takes None for a list that was not given."""
    if is_required(field):
        return inspect.Parameter.empty
    if field.type in {bool, int}:
        return field.default
    return None


def _plain_type(annotation: Any) -> type:
    """Return the type of one value: str for `str | None` and `Sequence[str]`."""
    for part in get_args(annotation):
        if part is not NoneType:
            return part  # type: ignore[no-any-return]
    return annotation  # type: ignore[no-any-return]
