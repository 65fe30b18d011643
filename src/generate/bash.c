/* Completion for bash. It needs nothing of the package bash-completion. */
#include "generate/generate.h"
#include "generate/text.h"

#include <stdio.h>

static const char head[] =
    "# Completion of dmatrix for bash, made of its table of options. Not to be edited.\n"
    "# shellcheck shell=bash\n"
    "\n"
    "# _dmatrix_value OPTION JOINED: what its value is (takes: word, list, file or any; nothing:\n"
    "# it has none), and the words there are. JOINED: it stands behind a =, not behind a blank.\n"
    "_dmatrix_value() {\n"
    "    case $1 in\n";

static const char middle[] = "    esac\n"
                             "}\n"
                             "\n"
                             "_dmatrix_options() {\n"
                             "    compgen -W '";

static const char tail[] =
    "' -- \"$1\"\n"
    "}\n"
    "\n"
    "# Files of locations and folders, or any file where there are no such files.\n"
    "_dmatrix_locations() {\n"
    "    if compgen -f -X '!*.[cC][sS][vV]' -- \"$1\"; then\n"
    "        compgen -d -- \"$1\"\n"
    "    else\n"
    "        compgen -f -- \"$1\"\n"
    "    fi\n"
    "}\n"
    "\n"
    "_dmatrix() {\n"
    "    local whole=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD - 1]}\n"
    "    local word=${2-$whole} joined='' kept='' takes='' words=''\n"
    "    # A = is a word of its own, unless COMP_WORDBREAKS is without it.\n"
    "    if [[ $whole == = ]]; then\n"
    "        joined=1 word=''\n"
    "    elif [[ $option == = ]]; then\n"
    "        joined=1 option=${COMP_WORDS[COMP_CWORD - 2]}\n"
    "    elif [[ $word == --*=* ]]; then\n"
    "        joined=1 option=${word%%=*} kept=${word%%=*}= word=${word#*=}\n"
    "    fi\n"
    "    COMPREPLY=()\n"
    "    _dmatrix_value \"$option\" \"$joined\"\n"
    "    if [[ $takes == list && $word == *,* ]]; then\n"
    "        kept+=${word%,*}, word=${word##*,}\n"
    "    fi\n"
    "    case $takes in\n"
    "    word | list) mapfile -t COMPREPLY < <(compgen -P \"$kept\" -W \"$words\" -- \"$word\") "
    ";;\n"
    "    file) mapfile -t COMPREPLY < <(compgen -P \"$kept\" -f -- \"$word\") ;;\n"
    "    '')\n"
    "        if [[ $word == -* ]]; then\n"
    "            mapfile -t COMPREPLY < <(_dmatrix_options \"$word\")\n"
    "        elif [[ ! $joined ]]; then\n"
    "            takes='file'\n"
    "            mapfile -t COMPREPLY < <(_dmatrix_locations \"$word\")\n"
    "        fi\n"
    "        ;;\n"
    "    esac\n"
    "    # What is to go on does not want a blank.\n"
    "    if [[ $takes == list || ${COMPREPLY[0]-} == *= ]]; then\n"
    "        compopt -o nospace 2>/dev/null\n"
    "    elif [[ $takes == file ]]; then\n"
    "        compopt -o filenames 2>/dev/null\n"
    "    fi\n"
    "}\n"
    "\n"
    "complete -F _dmatrix dmatrix\n";

static void put_value(const struct dm_option *option)
{
    fputs("    ", stdout);
    dm_put_names(option, " | ");
    fputs(") ", stdout);
    if (dm_option_value_is_optional(option))
        fputs("[[ $2 ]] && ", stdout);
    if (option->kind == DM_OPTION_FILE) {
        fputs("takes='file'", stdout);
    } else if (dm_has_choices(option)) {
        printf("takes='%s' words='", option->list ? "list" : "word");
        dm_put_choices(option, " ");
        putchar('\'');
    } else {
        fputs("takes='any'", stdout);
    }
    fputs(" ;;\n", stdout);
}

static void put_option(const struct dm_option *option)
{
    bool optional = dm_option_value_is_optional(option);
    printf(" --%s%s", option->name, option->argument && !optional ? "=" : "");
    if (optional)
        printf(" --%s=", option->name);
}

void dm_generate_bash(void)
{
    fputs(head, stdout);
    for (const struct dm_option *option = dm_option_table; option->name; option++)
        if (option->argument)
            put_value(option);
    fputs(middle, stdout);
    for (const struct dm_option *option = dm_option_table; option->name; option++)
        put_option(option);
    fputs(tail, stdout);
}
