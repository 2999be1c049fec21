"""Print the script that turns on the Tab key in a shell.

SHELL is one of bash, zsh, fish, powershell. To turn it on for good, add a line:

  bash, to ~/.bashrc:
    eval "$(citylinks completion bash)"
  zsh, to ~/.zshrc:
    eval "$(citylinks completion zsh)"
  fish, to ~/.config/fish/config.fish:
    source (citylinks completion fish | psub)
  PowerShell, to the file of $PROFILE:
    Invoke-Expression (citylinks completion powershell | Out-String)

Then open a new shell, and press Tab. What Tab offers comes from the data; the
script itself stays the same.

Examples:
  citylinks completion bash
  citylinks completion fish
"""

from pathlib import Path
from typing import Annotated, NamedTuple

from citylinks.cli.formats import refuse_suffix
from citylinks.cli.invocation import Invocation, Output
from citylinks.cli.options import OF_TEXT
from citylinks.query.filters import choice_of
from citylinks.query.options import Option

OPTIONS = OF_TEXT
_FOLDER = Path(__file__).parents[1] / "completion" / "scripts"

# Shell -> the script for it.
SCRIPTS: dict[str, str] = {
    "bash": "citylinks.bash",
    "zsh": "citylinks.zsh",
    "fish": "citylinks.fish",
    "powershell": "citylinks.ps1",
}
SUFFIXES = {
    "bash": (".bash", ".sh"),
    "zsh": (".zsh", ".sh"),
    "fish": (".fish",),
    "powershell": (".ps1",),
}
parse_shell = choice_of(SCRIPTS, "shell")


class CompletionQuery(NamedTuple):
    """Which script may be printed."""

    shell: Annotated[
        str,
        Option(
            "bash, zsh, fish or powershell.",
            metavar="SHELL",
            completes="shell",
            is_argument=True,
        ),
    ]


def command(invocation: Invocation, query: CompletionQuery) -> Output:
    """Answer with the script."""
    shell = parse_shell(query.shell)
    refuse_suffix(invocation.output, SUFFIXES[shell])
    script = (_FOLDER / SCRIPTS[shell]).read_text(encoding="utf-8")
    return Output(invocation, text=script)
