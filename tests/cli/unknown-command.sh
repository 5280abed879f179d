"$LECPACK" pakc x.mp4 -o out
