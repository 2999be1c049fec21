# Completion of citylinks for PowerShell: asks the program what the word at the cursor may become.

Register-ArgumentCompleter -Native -CommandName citylinks -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    # The program reads a line as POSIX shells write it, up to the cursor.
    $words = @()
    $word = ''
    foreach ($element in $commandAst.CommandElements) {
        $extent = $element.Extent
        if ($extent.StartOffset -ge $cursorPosition) { break }
        if ($extent.EndOffset -ge $cursorPosition) {
            $word = $extent.Text.Substring(0, $cursorPosition - $extent.StartOffset)
            break
        }
        $words += $extent.Text
    }
    $quoted = ($words + $word) | ForEach-Object { "'" + $_.Trim('"', "'").Replace("'", "'\''") + "'" }
    $line = $quoted -join ' '

    $program = $commandAst.GetCommandName()
    $encoding = [Console]::OutputEncoding
    $rows = @()
    try {
        [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
        $rows = @(& $program __complete powershell $line 2>$null)
    } catch {
    } finally {
        [Console]::OutputEncoding = $encoding
    }

    # Where nothing is returned PowerShell completes files, which an empty text prevents.
    if ($rows -match '^:(files|directories)$') { return }
    $found = @($rows | Where-Object { -not $_.StartsWith(':') })
    if ($found.Count -eq 0) { return '' }
    foreach ($row in $found) {
        $value, $about = $row -split "`t", 2
        if (-not $about) { $about = $value }
        [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $about)
    }
}
