#!/bin/sh
# Keeps a check from installing tools, and from looking for new versions.
export MISE_OFFLINE=1 MISE_TASK_RUN_AUTO_INSTALL=0 MISE_EXEC_AUTO_INSTALL=0
export MISE_NOT_FOUND_AUTO_INSTALL=0 MISE_AUTO_INSTALL=0
