"$LECPACK" pack x.mp4 -o out --outptu=y
