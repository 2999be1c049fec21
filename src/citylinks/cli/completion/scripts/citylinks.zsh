#compdef citylinks
# Completion of citylinks for zsh: asks the program what the word at the cursor may become.

_citylinks() {
    local program=citylinks start= line word about ret=1
    local -a found
    [[ $words[1] == */* ]] && program=${words[1]/#\~\//$HOME/}
    line="${(j: :)words[1,CURRENT-1]} $QIPREFIX$PREFIX"
    # Of --option=value the value alone is completed.
    [[ $PREFIX == --*=* ]] && start=${PREFIX%%=*}= && compset -P '*='
    while IFS=$'\t' read -r word about; do
        case $word in
            (:files) _files && ret=0 ;;
            (:directories) _files -/ && ret=0 ;;
            # What all have in common must not take the place of what was typed.
            (:unlike) compstate[insert]=menu ;;
            (*) found+=("${${word#$start}//:/\\:}${about:+:$about}") ;;
        esac
    done < <($program __complete zsh $line 2>/dev/null)
    # -U, since the id of what has a name in another script begins otherwise.
    (( $#found )) && _describe -t values value found -U -i "$IPREFIX" && ret=0
    return ret
}

if [[ ${zsh_eval_context[-1]} == loadautofunc ]]; then
    _citylinks "$@"
else
    (( ${+functions[compdef]} )) || { autoload -Uz compinit && compinit -i }
    compdef _citylinks citylinks
fi
