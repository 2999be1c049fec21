# Completion of citylinks for bash: asks the program what the word at the cursor may become.

_citylinks() {
    local program=citylinks line=${COMP_LINE:0:COMP_POINT} start= word about
    local last=${line##*[[:space:]]}
    [[ $1 == */* ]] && program=${1/#\~\//$HOME/}
    # Of --option=value bash completes the value alone.
    [[ $last == --*=* && $COMP_WORDBREAKS == *=* ]] && start=${last%%=*}=
    COMPREPLY=()
    while IFS=$'\t' read -r word about; do
        case $word in
            :files) compopt -o default 2>/dev/null ;;
            :directories) compopt -o filenames -o plusdirs 2>/dev/null ;;
            # What all have in common takes the place of what was typed: nothing is like dots.
            :unlike) COMPREPLY+=("...") ;;
            *) COMPREPLY+=("${word#"$start"}") ;;
        esac
    done < <("$program" __complete bash "$line" 2>/dev/null)
}

complete -F _citylinks citylinks
