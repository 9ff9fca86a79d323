#!/usr/bin/env bash
# A real Slurm cluster on one host, for tests: munge, MariaDB, slurmdbd, slurmctld, two nodes of four cards that are no cards,
# and slurmrestd; everything below one folder, on loopback, with ports of its own. Needs root and Debian's packages:
#   slurmctld slurmd slurmdbd slurmrestd slurm-client slurm-wlm-basic-plugins slurm-wlm-jwt-plugin munge mariadb-server
# cluster.sh up FOLDER PORT      starts it (seven ports from PORT) · cluster.sh down FOLDER   stops what it started, by pid
set -euo pipefail
act=$1 base=$2
export SLURM_CONF=$base/etc/slurm.conf

as() { local user=$1; shift; setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups "$@"; }
until_true() { for _ in $(seq 150); do "$@" >/dev/null 2>&1 && return; sleep 0.1; done; echo "never became true: $*" >&2; exit 1; }

down() {
  for file in "$base"/run/*.pid "$base"/mysql/pid "$base"/munge/pid; do
    [ -s "$file" ] && kill -9 "$(cat "$file")" 2>/dev/null || true
  done
  # the steps of a node that died outlive it; each says its own cluster's folder
  for process in /proc/[0-9]*; do
    if grep -qa '^slurmstepd' "$process/cmdline" 2>/dev/null && grep -qaF "$base/" "$process/environ" 2>/dev/null; then
      kill -9 "${process#/proc/}" 2>/dev/null || true
    fi
  done
}

if [ "$act" = down ]; then down; exit 0; fi

port=$3 host=$(hostname -s)
mkdir -p "$base"/{etc,log,run,mysql,munge,state,spool/n1,spool/n2}
chmod 755 "$base" "$base"/*
head -c 1024 /dev/urandom >"$base/munge/key"; chmod 400 "$base/munge/key"; chown -R munge "$base/munge"
as munge munged --key-file="$base/munge/key" --socket="$base/munge/sock" --pid-file="$base/munge/pid" \
  --log-file="$base/munge/log" --seed-file="$base/munge/seed"

chown -R mysql "$base/mysql"
mariadb-install-db --no-defaults --user=mysql --datadir="$base/mysql/data" --auth-root-authentication-method=socket \
  --skip-test-db >"$base/log/mysql-install.log" 2>&1
setsid mariadbd --no-defaults --user=mysql --datadir="$base/mysql/data" --socket="$base/mysql/sock" --pid-file="$base/mysql/pid" \
  --bind-address=127.0.0.1 --port="$port" --character-set-server=utf8mb4 --init-connect='SET NAMES utf8mb4' \
  --innodb-buffer-pool-size=64M --innodb-lock-wait-timeout=900 >"$base/log/mariadb.log" 2>&1 </dev/null &
until_true mariadb-admin --no-defaults -S "$base/mysql/sock" ping
mariadb --no-defaults -S "$base/mysql/sock" -e "create database slurm_acct_db; create user slurm@'127.0.0.1' identified by 'test';
  create user slurm@localhost identified by 'test'; grant all on slurm_acct_db.* to slurm@'127.0.0.1'; grant all on slurm_acct_db.* to slurm@localhost"

head -c 32 /dev/urandom >"$base/etc/jwt.key"; chmod 600 "$base/etc/jwt.key"; chown slurm "$base/etc/jwt.key"
auth="AuthType=auth/munge
AuthInfo=socket=$base/munge/sock
AuthAltTypes=auth/jwt
AuthAltParameters=jwt_key=$base/etc/jwt.key
SlurmUser=slurm"
cat >"$base/etc/slurmdbd.conf" <<END
$auth
DbdHost=localhost
DbdAddr=127.0.0.1
DbdPort=$((port + 1))
LogFile=$base/log/slurmdbd.log
PidFile=$base/run/slurmdbd.pid
StorageType=accounting_storage/mysql
StorageHost=127.0.0.1
StoragePort=$port
StorageUser=slurm
StoragePass=test
StorageLoc=slurm_acct_db
END
chmod 600 "$base/etc/slurmdbd.conf"; chown slurm "$base/etc/slurmdbd.conf"
cat >"$base/etc/slurm.conf" <<END
ClusterName=sqreal
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$((port + 2))
$auth
StateSaveLocation=$base/state
SlurmdSpoolDir=$base/spool/%n
SlurmctldPidFile=$base/run/slurmctld.pid
SlurmdPidFile=$base/run/slurmd-%n.pid
SlurmctldLogFile=$base/log/slurmctld.log
SlurmdLogFile=$base/log/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/linux
MpiDefault=none
SlurmdParameters=config_overrides
SchedulerParameters=sched_interval=1,bf_interval=2
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
GresTypes=gpu
AccountingStorageType=accounting_storage/slurmdbd
AccountingStorageHost=127.0.0.1
AccountingStoragePort=$((port + 1))
AccountingStoragePass=$base/munge/sock
AccountingStorageTRES=gres/gpu,gres/gpu:a100
AccountingStoreFlags=job_comment
KillWait=2
SlurmctldTimeout=10
SlurmdTimeout=10
MailProg=/bin/true
NodeName=n1 NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + 4)) CPUs=16 Gres=gpu:a100:4 State=UNKNOWN
NodeName=n2 NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + 5)) CPUs=16 Gres=gpu:a100:4 State=UNKNOWN
PartitionName=cards Nodes=n1,n2 Default=YES MaxTime=1:00:00 State=UP TRESBillingWeights="gres/gpu:a100=100"
END
for device in 0 1 2 3; do mkdir -p "$base/dev"; [ -e "$base/dev/card$device" ] || mknod "$base/dev/card$device" c 1 3; done
cat >"$base/etc/gres.conf" <<END
AutoDetect=off
NodeName=n[1-2] Name=gpu Type=a100 File=$base/dev/card[0-3]
END
chown slurm "$base"/{state,run,log}

as slurm env SLURM_CONF="$SLURM_CONF" slurmdbd
until_true timeout 5 sacctmgr -n show cluster
sacctmgr -i add cluster sqreal >/dev/null
sacctmgr -i add account tenant Description=tenant Organization=tenant >/dev/null
sacctmgr -i add user root Account=tenant >/dev/null
as slurm env SLURM_CONF="$SLURM_CONF" slurmctld -c
until_true sh -c 'scontrol ping | grep -q UP'
for node in n1 n2; do slurmd -N "$node"; done
until_true sh -c '[ "$(sinfo -h -N -o %T | sort -u)" = idle ]'
as nobody env SLURM_CONF="$SLURM_CONF" SLURM_JWT=daemon setsid slurmrestd -a rest_auth/jwt \
  -s openapi/v0.0.38,openapi/dbv0.0.38 "127.0.0.1:$((port + 3))" >"$base/log/slurmrestd.log" 2>&1 </dev/null &
echo $! >"$base/run/slurmrestd.pid"
until_true bash -c "exec 3<>/dev/tcp/127.0.0.1/$((port + 3))"
