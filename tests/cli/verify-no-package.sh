"$LECPACK" verify none
