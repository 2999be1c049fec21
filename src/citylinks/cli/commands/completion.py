"""A script that has a shell complete commands, options, cities, themes and more.

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
from typing import Annotated

from typer import Argument

from citylinks.cli.options import Invocation, Output, with_options
from citylinks.query.filters import choice_of

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
take_shell = choice_of(SCRIPTS, "shell")


@with_options("script")
def command(
    asked: Invocation,
    shell: Annotated[
        str, Argument(metavar="SHELL", help="bash, zsh, fish or powershell.")
    ],
) -> Output:
    """Answer with the script."""
    shell = take_shell(shell)
    asked.refuse_suffix(SUFFIXES[shell])
    return Output(asked, text=(_FOLDER / SCRIPTS[shell]).read_text(encoding="utf-8"))
