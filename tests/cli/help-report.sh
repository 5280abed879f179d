"$LECPACK" report --help
