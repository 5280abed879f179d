"$LECPACK" verify out --zip
