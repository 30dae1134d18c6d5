# Why a pipeline failed: a headline for each cause, and what to try (-1 to -4).

cause-cuda-oom = The GPU ran out of memory.
cause-cuda-oom-1 = Halve the batch size and make up for it with gradient accumulation.
cause-cuda-oom-2 = Turn on mixed precision (bf16/fp16) or gradient checkpointing.
cause-cuda-oom-3 = Check with nvidia-smi whether another job holds memory on the same GPU.
cause-cuda-oom-4 = Run it again on a GPU with more memory.

cause-shm = Shared memory (/dev/shm) ran out for the data loader.
cause-shm-1 = Give the container more shared memory (docker --shm-size; in Kubernetes an emptyDir with medium: Memory).
cause-shm-2 = Lower num_workers or prefetch_factor of the DataLoader.

cause-host-oom = The machine's memory ran out, so the process was ended.
cause-host-oom-1 = Raise the job's memory limit, or run it on a larger node.
cause-host-oom-2 = Read the data in pieces rather than at once, and turn off caching in memory.
cause-host-oom-3 = Use fewer data loader workers: each of them takes memory of its own.

cause-nan-loss = The loss became NaN or infinite, so training broke down.
cause-nan-loss-1 = Lower the learning rate, and add warm-up and gradient clipping.
cause-nan-loss-2 = Run it in bf16 or fp32 rather than fp16.
cause-nan-loss-3 = Check the inputs and labels of the step where it began for missing or extreme values.

cause-cuda-assert = An index was out of range on the GPU, often a label or token id beyond the number of classes.
cause-cuda-assert-1 = Check that labels run from 0 to the number of classes minus one.
cause-cuda-assert-2 = Run one batch on the CPU, or with CUDA_LAUNCH_BLOCKING=1, to see the exact line.
cause-cuda-assert-3 = Check that the tokenizer and the embedding have the same size.

cause-cuda-driver = The GPU could not be used: the driver or the CUDA installation does not fit.
cause-cuda-driver-1 = Check that nvidia-smi works on the node, and that the job asks for a GPU.
cause-cuda-driver-2 = Update the driver, or install the CUDA build that fits it.
cause-cuda-driver-3 = Run it again on another node.

cause-cuda-arch = The installed build does not support this generation of GPU.
cause-cuda-arch-1 = Install a build with a CUDA version that supports this GPU.
cause-cuda-arch-2 = Run it on the kind of GPU on which it worked before.

cause-gpu-lost = The GPU had a hardware fault.
cause-gpu-lost-1 = Run it again from the last checkpoint, without that node.
cause-gpu-lost-2 = Tell the cluster's admins the node's name and the Xid number.

cause-cuda-error = An operation on the GPU failed (a CUDA error).
cause-cuda-error-1 = Run it with CUDA_LAUNCH_BLOCKING=1 to find the operation that failed.
cause-cuda-error-2 = Check that the GPU numbers (CUDA_VISIBLE_DEVICES) fit the GPUs that were given.
cause-cuda-error-3 = See whether it happens on another node too; if not, it may be the machine.

cause-cudnn = cuDNN could not be initialised or run.
cause-cudnn-1 = It also happens when GPU memory is nearly full: try a smaller batch.
cause-cudnn-2 = Check that cuDNN, CUDA and the framework fit each other.

cause-quota = A quota of storage or resources was used up.
cause-quota-1 = Delete old checkpoints and runs to make room in the quota.
cause-quota-2 = Ask an admin for a larger quota.

cause-disk-full = The disk was full, so nothing more could be written.
cause-disk-full-1 = Delete old checkpoints and logs from the disk that the path is on.
cause-disk-full-2 = Save checkpoints less often, and keep the last few only.
cause-disk-full-3 = Move the temporary folder (TMPDIR) and caches to a larger disk.

cause-file-limit = Too many files were open at once.
cause-file-limit-1 = Raise the limit of open files (ulimit -n).
cause-file-limit-2 = Use fewer data loader workers, and check that files are closed after use.

cause-image-pull = The container image could not be pulled.
cause-image-pull-1 = Check that the image's name and tag are in the registry.
cause-image-pull-2 = Check that the registry's credentials (imagePullSecrets) are valid.

cause-preempted = It was preempted: a spot node was taken back, or a job of higher priority came.
cause-preempted-1 = Continue from the last checkpoint.
cause-preempted-2 = Run it on nodes or in a queue that are not preempted.
cause-preempted-3 = Save checkpoints more often, and turn on automatic retries.

cause-node-lost = The node that it ran on was lost or went down.
cause-node-lost-1 = Run it again from the last checkpoint on another node.
cause-node-lost-2 = See whether other jobs failed on the same node.

cause-time-limit = It ran longer than allowed and was stopped.
cause-time-limit-1 = Raise the time limit, or run it in parts from checkpoints.
cause-time-limit-2 = See whether it was slower than usual (data loading, GPU utilisation).

cause-unschedulable = There were no resources to place the job on.
cause-unschedulable-1 = Ask for fewer GPUs or less memory, or wait until some are free.
cause-unschedulable-2 = Check that node selectors and tolerations fit the nodes that exist.

cause-evicted = The pod was evicted because its node ran low on a resource.
cause-evicted-1 = Set the requests for memory and ephemeral storage to what it really uses.
cause-evicted-2 = Write large temporary files to a volume of their own.

cause-container = The container could not be started.
cause-container-1 = Check the image's command and its CPU architecture (amd64/arm64).
cause-container-2 = Check that the ConfigMaps and Secrets it refers to exist.

cause-rate-limit = A server refused because there were too many requests.
cause-rate-limit-1 = Retry with growing pauses, and run fewer jobs at once.
cause-rate-limit-2 = Keep models and data in a cache of your own.

cause-auth = Authentication failed: a key or token is missing or has expired.
cause-auth-1 = Check that the job's environment has a current token (its secrets).
cause-auth-2 = If the model or data is gated, check that access was granted.

cause-storage-denied = There is no permission for the storage bucket.
cause-storage-denied-1 = Check that the job's role (IAM) may read and write that bucket and path.
cause-storage-denied-2 = See whether the bucket's policy or its key (KMS) was changed lately.

cause-storage-missing = That bucket or object is not in the storage.
cause-storage-missing-1 = Check the path's spelling and the dataset's version.
cause-storage-missing-2 = See whether a lifecycle rule deleted it, or the step before never wrote it.

cause-forbidden = A server denied access (403).
cause-forbidden-1 = Check that the account may use that address.
cause-forbidden-2 = Check whether a proxy or firewall blocks it.

cause-model-missing = The model, dataset or address to load was not found.
cause-model-missing-1 = Check the spelling of the name and the revision.
cause-model-missing-2 = If the repository is private, a token is needed.

cause-ssl = A secure connection (TLS) failed because of a certificate.
cause-ssl-1 = Check that the image has your company's certificate authority.
cause-ssl-2 = Check that the certificate is still valid, and the node's clock right.

cause-dns = A server's name could not be resolved (DNS).
cause-dns-1 = Check the name's spelling and the cluster's DNS.
cause-dns-2 = If the node has no internet, use an internal mirror.

cause-port-in-use = Another process already uses the port.
cause-port-in-use-1 = Change MASTER_PORT, or let a free one be chosen.
cause-port-in-use-2 = End processes of earlier runs that are left on the node.

cause-database = A database could not be reached or written.
cause-database-1 = Check that the database is up and not out of connections.
cause-database-2 = If many jobs write at once, add a connection pool and retries.

cause-server-error = Another server answered with an error (5xx).
cause-server-error-1 = Look at that server's state and its log.
cause-server-error-2 = It may have been short: retry with growing pauses.

cause-connection = A connection to another server was refused or broke off.
cause-connection-1 = Check that the server is up, and that firewall and port let it through.
cause-connection-2 = It may have been short: add retries and run it again.

cause-timeout = A response did not come in time.
cause-timeout-1 = See whether the server or storage has become slow.
cause-timeout-2 = Raise the time-out and add retries.

cause-checkpoint-corrupt = A checkpoint or model file is damaged or was not written to its end.
cause-checkpoint-corrupt-1 = Continue from the checkpoint before it.
cause-checkpoint-corrupt-2 = Compare the file's size with the original and download it again.
cause-checkpoint-corrupt-3 = Save to a temporary file first and rename it then.

cause-checkpoint-mismatch = The checkpoint does not fit the model's structure.
cause-checkpoint-mismatch-1 = Build the model with the settings of the checkpoint (classes, layers, names).
cause-checkpoint-mismatch-2 = If only the head differs, load everything but it.
cause-checkpoint-mismatch-3 = Look for the prefix module. that DataParallel adds.

cause-data-corrupt = A data file is damaged or of another format.
cause-data-corrupt-1 = Open the file named in the evidence, and fetch it again from its source.
cause-data-corrupt-2 = Check the whole dataset beforehand and leave damaged files out.

cause-data-empty = There was no data to read at all.
cause-data-empty-1 = Check the data's path and the names of its splits (train/val).
cause-data-empty-2 = See whether a filter leaves no rows.

cause-nan-input = The input data has missing (NaN) or infinite values.
cause-nan-input-1 = Fill the missing values, or leave those rows out.
cause-nan-input-2 = See which columns became empty lately.

cause-label = Labels are not in the range that the model expects.
cause-label-1 = Make the number of classes fit the labels, which begin at 0.
cause-label-2 = Look for new labels, and for classes with too few samples.

cause-device-mismatch = Model and data are on different devices (CPU/GPU).
cause-device-mismatch-1 = Check where the inputs and the model are moved to a device.
cause-device-mismatch-2 = Name the device for tensors made inside forward, too.

cause-shape-mismatch = The shapes of tensors or data do not fit each other.
cause-shape-mismatch-1 = See which layer and which input the two sizes in the evidence come from.
cause-shape-mismatch-2 = Check that preprocessing (image size, number of features) fits the model's settings.
cause-shape-mismatch-3 = If only the last batch is smaller, turn on drop_last.

cause-dtype-mismatch = Data types (dtype) do not fit each other.
cause-dtype-mismatch-1 = Give the input the model's type, or use autocast.
cause-dtype-mismatch-2 = Look for columns of numbers that were read as text.

cause-version-mismatch = Installed packages do not fit each other's versions.
cause-version-mismatch-1 = Compare the versions with those of the last run that worked.
cause-version-mismatch-2 = Build the environment again from a lock file.

cause-module-missing = A Python package that it needs is not installed.
cause-module-missing-1 = Add the package to the requirements and build the image again.
cause-module-missing-2 = Check that the job runs in the environment and image that you mean.

cause-config = The configuration or an argument is wrong.
cause-config-1 = Check the spelling and value of what the evidence names.
cause-config-2 = Compare it with the configuration of the last run that worked.

cause-permission = There is no permission for a file or folder.
cause-permission-1 = Check the path's owner and mode, and the account it runs as.
cause-permission-2 = Check that the volume is not mounted read-only.

cause-file-missing = A file or folder that it needs is not there.
cause-file-missing-1 = Check the path in the evidence for its spelling, and whether the volume is mounted.
cause-file-missing-2 = Check that the step before really made the file.

cause-pickling = An object could not be passed between processes (multiprocessing).
cause-pickling-1 = Move lambdas and inner functions to the module's level.
cause-pickling-2 = With CUDA, use the start method spawn.

cause-sequence-length = An input is longer than the model's maximum length.
cause-sequence-length-1 = Set truncation and max_length of the tokenizer.
cause-sequence-length-2 = Split long documents.

cause-tracking = The experiment tracking server (MLflow, W&B …) returned an error.
cause-tracking-1 = Check the server's state, the experiment's name and your rights.
cause-tracking-2 = Consider its offline mode, so that training goes on when tracking fails.

cause-recursion = Functions called each other without end.
cause-recursion-1 = Check that the recursion near the evidence comes to an end.
cause-recursion-2 = See whether an object that contains itself is saved or copied.

cause-column-missing = A column or key that it needs is not in the data.
cause-column-missing-1 = See whether a column of the data was renamed lately.
cause-column-missing-2 = Add a check of the schema before training.

cause-segfault = The process crashed in native code (a segmentation fault or the like).
cause-segfault-1 = Run it again with faulthandler on to find the library.
cause-segfault-2 = Go back to the earlier version of native packages that changed (OpenCV, CUDA extensions).

cause-nccl = Communication between GPUs (NCCL or the like) broke or hung.
cause-nccl-1 = Look in the logs of the other ranks for one that died first.
cause-nccl-2 = Run it with NCCL_DEBUG=INFO to see where it hangs.
cause-nccl-3 = Check the network between the nodes, and NCCL_SOCKET_IFNAME.

cause-killed = It was killed from outside (SIGKILL), most often for want of memory.
cause-killed-1 = Look for an OOM in the node's kernel log or the pod's state.
cause-killed-2 = Raise the memory limit, or use fewer data loader workers.
cause-killed-3 = See in the scheduler's records whether somebody deleted the job.

cause-terminated = It was told to end (SIGTERM) and stopped.
cause-terminated-1 = See in the scheduler's records who stopped it and why (a cancel, a rollout, a node being drained).
cause-terminated-2 = Continue from the last checkpoint.

cause-interrupted = It was interrupted.
cause-interrupted-1 = See whether somebody stopped it by hand.
cause-interrupted-2 = If it ran in a terminal, use a scheduler or tmux so that it outlives the connection.

cause-worker-killed = A worker process (of the data loader or a pool) died.
cause-worker-killed-1 = Run it with num_workers=0 to see the real error.
cause-worker-killed-2 = Watch the memory and use fewer workers.

cause-assertion = A check in the code (assert) stopped it.
cause-assertion-1 = See what the line in the evidence asks for.
cause-assertion-2 = Compare data and configuration with the last run that worked.

cause-python-error = A Python exception ({ $name }) stopped it; it is of no known kind.
cause-python-error-1 = Begin with the file and line in the evidence.
cause-python-error-2 = Compare what has changed since the last run that worked: code, data, configuration.

cause-unknown = No known cause stands in the log.
cause-unknown-1 = Look at the last lines below together with the owner.
cause-unknown-2 = The cause may stand earlier in the log, or in that of another rank or container.

# Where the log could not be read: why, what to set, what is known all the same.

unread-unknown-path = The cause is not known: the catalogue does not say where the log lies.
unread-unknown-path-try = Let the query of the alert rule (alerts.yml) return the log's path in a column log_path.
unread-not-allowed = The cause is not known: the log does not lie where the bot may read.
unread-not-allowed-try = Add the folder or bucket of the logs to the setting LOG_ROOTS (an admin can).
unread-not-found = The cause is not known: there is no log at the path on record.
unread-not-found-try = Check that the volume is mounted where the bot runs, and that the log was not deleted.
unread-no-extra = The cause is not known: the bot lacks the package that reads this storage (S3/GCS).
unread-no-extra-try = Install the bot with its extra for logs: pip install "mlops-bot[logs]"
unread-too-slow = The cause is not known: the log could not be read in time.
unread-too-slow-try = See whether the storage that the log lies on has become slow.
unread-unreadable = The cause is not known: the log could not be read.
unread-unreadable-try = Check that the bot's account may read the log, and that its server is up.
unread-not-text = The cause is not known: the file on record is no text.
unread-not-text-try = Record the path of the log as plain text, not compressed.
unread-empty = The cause is not known: the log is empty.
unread-empty-try = Its output may have been lost in a buffer: run it with PYTHONUNBUFFERED=1.
unread-ran = It ran for { $ran } before it failed.
unread-ran-usual = It ran for { $ran } before it failed; such runs usually take { $usual }.
unread-early = It failed right after its start: look at configuration, data paths, permissions and packages first.
unread-late = It ran much longer than usual: look at time limits and slow data loading.
unread-place = The log: { $path }
