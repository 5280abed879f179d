"$LECPACK" --version
