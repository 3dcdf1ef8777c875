import type { shells } from './shells.ts';

/**
 * The completion script of a shell. It asks the very program that is being typed, so that it never differs from the
 * commands there are, and knows the fleet's shards and proxies. Where usher knows no word, file names are offered.
 */
export function completionScript(shell: (typeof shells)[number]): string {
  return scripts[shell];
}

const scripts = {
  bash: `# usher completion for bash
_usher() {
  local IFS=$'\\n'
  COMPREPLY=($("\${COMP_WORDS[0]}" complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o bashdefault -o default -F _usher usher
`,
  zsh: `#compdef usher
# usher completion for zsh
_usher() {
  local -a found
  found=(\${(f)"$("\${words[1]}" complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)"})
  if (( \${#found} )); then compadd -a found; else _files; fi
}
compdef _usher usher
`,
  fish: `# usher completion for fish
function __usher_complete
    set -l words (commandline -opc) (commandline -ct)
    $words[1] complete -- $words[2..-1] 2>/dev/null
end
complete -c usher -a '(__usher_complete)'
`,
} as const;
