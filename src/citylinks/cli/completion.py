r"""A script that has a shell complete commands, options, cities, themes and more.

SHELL is one of bash, zsh, fish, powershell. Once, to turn it on for good:

  bash        echo 'eval "$(citylinks completion bash)"' >> ~/.bashrc
  zsh         echo 'eval "$(citylinks completion zsh)"' >> ~/.zshrc
  fish        citylinks completion fish \
              > ~/.config/fish/completions/citylinks.fish
  PowerShell  citylinks completion powershell | Out-String | Invoke-Expression
              as a line of the file that $PROFILE names

Then open a new shell, and press Tab. What Tab offers comes from the data; the
script itself stays the same.

Examples:
  citylinks completion bash
  citylinks completion fish
"""

from pathlib import Path
from typing import Annotated

from typer import Argument

from citylinks.cli.options import Asked, Reply, takes
from citylinks.query import one_of

_FOLDER = Path(__file__).parent / "scripts"

# Shell -> the script for it.
SCRIPTS: dict[str, str] = {
    "bash": "citylinks.bash",
    "zsh": "citylinks.zsh",
    "fish": "citylinks.fish",
    "powershell": "citylinks.ps1",
}
take_shell = one_of(SCRIPTS, "shell")


@takes("output")
def command(
    asked: Asked,
    shell: Annotated[str, Argument(metavar="SHELL", help="bash, zsh, fish or powershell.")],
) -> Reply:
    """Answer with the script."""
    name = SCRIPTS[take_shell(shell)]
    return Reply(asked, text=(_FOLDER / name).read_text(encoding="utf-8"))
