# Completion of citylinks for fish: asks the program what the word at the cursor may become.

function __citylinks_candidates
    set -l line (commandline -cp | string collect)
    set -l program (commandline -opc)[1]
    string match -q "*/*" -- $program; and set program (string replace -r "^~/" $HOME/ -- $program)
    or set program citylinks
    # Of --option=value fish completes the whole.
    set -l word (commandline -ct)
    set -l start (string match -r -- '^--[^=]+=' $word; or echo)
    set -l path (string replace -- "$start" '' $word)
    for row in ($program __complete fish $line 2>/dev/null)
        switch $row
            case :files
                printf '%s\n' $start(__fish_complete_path $path)
            case :directories
                printf '%s\n' $start(__fish_complete_directories $path '')
            case '*'
                printf '%s\n' $row
        end
    end
end

complete -c citylinks -f -a '(__citylinks_candidates)'
