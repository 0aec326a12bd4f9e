#!/bin/sh
# Builds the site around the working folder and copies it to a web server over ssh, or to a folder of this machine:
#   sh publish.sh editor@www.example.org:/var/www/site/ https://www.example.org/
# Pages that are gone are removed last, so that nobody is led to a page that is not there yet or no more.
set -eu
target=${1:?write where the site goes, as in editor@www.example.org:/var/www/site/}
address=${2:-}

sitegen build --base-url "$address" --output build
rsync --recursive --times --checksum --delete-delay --delay-updates --exclude=/.sitegen build/ "$target"
