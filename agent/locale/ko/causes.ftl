# Why a pipeline failed: a headline for each cause, and what to try (-1 to -4).

cause-cuda-oom = GPU 메모리가 부족해서 멈췄습니다.
cause-cuda-oom-1 = 배치 크기를 절반으로 줄이고 gradient accumulation으로 보충해 보세요.
cause-cuda-oom-2 = 혼합 정밀도(bf16/fp16)나 gradient checkpointing을 켜 보세요.
cause-cuda-oom-3 = 같은 GPU를 쓰는 다른 작업이 없는지 nvidia-smi로 확인해 보세요.
cause-cuda-oom-4 = 메모리가 더 큰 GPU에서 다시 실행해 보세요.

cause-shm = 공유 메모리(/dev/shm)가 부족해서 데이터 로더가 멈췄습니다.
cause-shm-1 = 컨테이너의 공유 메모리를 늘려 보세요(docker --shm-size, Kubernetes는 emptyDir medium: Memory).
cause-shm-2 = DataLoader의 num_workers나 prefetch_factor를 줄여 보세요.

cause-host-oom = 서버(호스트) 메모리가 부족해서 프로세스가 종료됐습니다.
cause-host-oom-1 = 작업의 메모리 한도를 늘리거나 더 큰 노드에서 실행해 보세요.
cause-host-oom-2 = 데이터를 한꺼번에 올리지 말고 나누어 읽고, 메모리 캐시를 꺼 보세요.
cause-host-oom-3 = 데이터 로더의 워커 수를 줄여 보세요. 워커마다 메모리를 따로 씁니다.

cause-nan-loss = 손실이 NaN 또는 무한대가 되어 학습이 무너졌습니다.
cause-nan-loss-1 = 학습률을 낮추고 warmup과 gradient clipping을 넣어 보세요.
cause-nan-loss-2 = fp16 대신 bf16이나 fp32로 실행해 보세요.
cause-nan-loss-3 = NaN이 나온 스텝의 입력과 라벨에 빈 값이나 이상값이 없는지 확인해 보세요.

cause-cuda-assert = GPU에서 범위를 벗어난 인덱스가 쓰였습니다. 라벨이나 토큰 번호가 클래스 수보다 큰 경우가 많습니다.
cause-cuda-assert-1 = 라벨이 0 이상, 클래스 수 미만인지 확인해 보세요.
cause-cuda-assert-2 = CPU에서 또는 CUDA_LAUNCH_BLOCKING=1로 한 배치를 실행하면 정확한 줄이 나옵니다.
cause-cuda-assert-3 = 토크나이저 크기와 임베딩 크기가 같은지 확인해 보세요.

cause-cuda-driver = GPU를 쓸 수 없었습니다. 드라이버나 CUDA 설치가 맞지 않습니다.
cause-cuda-driver-1 = 노드에서 nvidia-smi가 되는지, 작업이 GPU를 요청했는지 확인해 보세요.
cause-cuda-driver-2 = 드라이버를 올리거나, 그 드라이버에 맞는 CUDA 빌드를 설치해 보세요.
cause-cuda-driver-3 = 다른 노드에서 다시 실행해 보세요.

cause-cuda-arch = 설치된 빌드가 이 GPU 세대를 지원하지 않습니다.
cause-cuda-arch-1 = 이 GPU를 지원하는 CUDA 버전의 빌드로 바꿔 보세요.
cause-cuda-arch-2 = 이전에 성공한 종류의 GPU에서 실행해 보세요.

cause-gpu-lost = GPU 하드웨어에 장애가 났습니다.
cause-gpu-lost-1 = 그 노드를 빼고 마지막 체크포인트에서 다시 실행해 보세요.
cause-gpu-lost-2 = 클러스터 관리자에게 노드 이름과 Xid 번호를 알려 주세요.

cause-cuda-error = GPU 연산이 실패했습니다(CUDA 오류).
cause-cuda-error-1 = CUDA_LAUNCH_BLOCKING=1로 다시 실행해 실제로 실패한 연산을 찾아 보세요.
cause-cuda-error-2 = GPU 번호(CUDA_VISIBLE_DEVICES)와 할당된 GPU 수가 맞는지 확인해 보세요.
cause-cuda-error-3 = 다른 노드에서도 나는지 확인해 보세요. 한 노드에서만 나면 장비 문제일 수 있습니다.

cause-cudnn = cuDNN을 초기화하거나 실행하지 못했습니다.
cause-cudnn-1 = GPU 메모리가 거의 찼을 때도 납니다. 배치 크기를 줄여 보세요.
cause-cudnn-2 = 설치된 cuDNN과 CUDA, 프레임워크 버전이 서로 맞는지 확인해 보세요.

cause-quota = 저장 공간이나 자원의 할당량을 넘었습니다.
cause-quota-1 = 오래된 체크포인트와 실행 결과를 지워 할당량을 비워 보세요.
cause-quota-2 = 관리자에게 할당량을 늘려 달라고 요청해 보세요.

cause-disk-full = 디스크가 가득 차서 더 쓸 수 없었습니다.
cause-disk-full-1 = 그 경로가 있는 디스크에서 오래된 체크포인트와 로그를 지워 보세요.
cause-disk-full-2 = 체크포인트를 덜 자주, 마지막 몇 개만 저장하게 해 보세요.
cause-disk-full-3 = 임시 폴더(TMPDIR)와 캐시를 더 큰 디스크로 옮겨 보세요.

cause-file-limit = 열린 파일이 너무 많습니다.
cause-file-limit-1 = 열린 파일 한도(ulimit -n)를 늘려 보세요.
cause-file-limit-2 = 데이터 로더 워커 수를 줄이고, 파일을 연 뒤 닫는지 확인해 보세요.

cause-image-pull = 컨테이너 이미지를 가져오지 못했습니다.
cause-image-pull-1 = 이미지 이름과 태그가 레지스트리에 있는지 확인해 보세요.
cause-image-pull-2 = imagePullSecrets 등 레지스트리 인증이 유효한지 확인해 보세요.

cause-preempted = 선점되어(스팟 회수 또는 우선순위 높은 작업) 중단됐습니다.
cause-preempted-1 = 마지막 체크포인트에서 이어서 실행해 보세요.
cause-preempted-2 = 선점되지 않는 노드나 큐에서 실행해 보세요.
cause-preempted-3 = 체크포인트를 더 자주 저장하고, 자동 재시도를 켜 두세요.

cause-node-lost = 실행하던 노드가 사라지거나 내려갔습니다.
cause-node-lost-1 = 마지막 체크포인트에서 다른 노드로 다시 실행해 보세요.
cause-node-lost-2 = 같은 노드에서 다른 작업도 실패했는지 확인해 보세요.

cause-time-limit = 허용된 실행 시간을 넘겨 중단됐습니다.
cause-time-limit-1 = 시간 한도를 늘리거나, 체크포인트에서 나누어 실행해 보세요.
cause-time-limit-2 = 평소보다 느렸는지(데이터 읽기, GPU 사용률) 확인해 보세요.

cause-unschedulable = 자원이 없어 작업이 배치되지 못했습니다.
cause-unschedulable-1 = 요청한 GPU 수와 메모리를 줄이거나, 빈자리가 날 때까지 기다려 보세요.
cause-unschedulable-2 = node selector와 taint 설정이 실제 노드와 맞는지 확인해 보세요.

cause-evicted = 노드의 자원이 모자라 파드가 쫓겨났습니다.
cause-evicted-1 = 메모리와 임시 저장 공간의 요청값(requests)을 실제 사용량에 맞춰 보세요.
cause-evicted-2 = 큰 임시 파일은 따로 붙인 볼륨에 쓰게 해 보세요.

cause-container = 컨테이너를 시작하지 못했습니다.
cause-container-1 = 이미지의 실행 명령과 CPU 아키텍처(amd64/arm64)를 확인해 보세요.
cause-container-2 = 참조하는 ConfigMap과 Secret이 있는지 확인해 보세요.

cause-rate-limit = 요청이 너무 많아 서버가 거절했습니다.
cause-rate-limit-1 = 간격을 늘려 가며 재시도하고, 동시에 실행하는 작업 수를 줄여 보세요.
cause-rate-limit-2 = 모델과 데이터를 내부 저장소에 캐시해 두세요.

cause-auth = 인증에 실패했습니다. 키나 토큰이 없거나 만료됐습니다.
cause-auth-1 = 실행 환경에 최신 토큰(비밀 설정)이 들어가 있는지 확인해 보세요.
cause-auth-2 = 접근 승인이 필요한 모델이나 데이터라면 승인을 받았는지 확인해 보세요.

cause-storage-denied = 스토리지(버킷) 접근 권한이 없습니다.
cause-storage-denied-1 = 작업의 역할(IAM)에 그 버킷과 경로의 읽기·쓰기 권한이 있는지 확인해 보세요.
cause-storage-denied-2 = 버킷 정책이나 암호화 키(KMS) 권한이 최근에 바뀌었는지 확인해 보세요.

cause-storage-missing = 스토리지에 그 버킷이나 객체가 없습니다.
cause-storage-missing-1 = 경로의 철자와 데이터셋 버전을 확인해 보세요.
cause-storage-missing-2 = 수명 주기 규칙으로 지워졌는지, 앞 단계가 실제로 저장했는지 확인해 보세요.

cause-forbidden = 서버가 접근을 거절했습니다(403).
cause-forbidden-1 = 계정에 그 주소의 권한이 있는지 확인해 보세요.
cause-forbidden-2 = 프록시나 방화벽이 막고 있는지 확인해 보세요.

cause-model-missing = 불러올 모델, 데이터셋 또는 주소를 찾을 수 없습니다.
cause-model-missing-1 = 이름과 리비전의 철자를 확인해 보세요.
cause-model-missing-2 = 비공개 저장소라면 토큰이 필요합니다.

cause-ssl = 인증서 문제로 안전한 연결(TLS)을 맺지 못했습니다.
cause-ssl-1 = 사내 인증 기관의 인증서가 이미지에 들어 있는지 확인해 보세요.
cause-ssl-2 = 인증서가 만료되지 않았는지, 노드의 시각이 맞는지 확인해 보세요.

cause-dns = 서버 이름을 주소로 바꾸지 못했습니다(DNS).
cause-dns-1 = 주소의 철자와 클러스터의 DNS 상태를 확인해 보세요.
cause-dns-2 = 외부 인터넷이 막힌 노드라면 내부 미러를 쓰게 해 보세요.

cause-port-in-use = 쓰려던 포트를 다른 프로세스가 쓰고 있습니다.
cause-port-in-use-1 = MASTER_PORT를 바꾸거나 빈 포트를 고르게 해 보세요.
cause-port-in-use-2 = 같은 노드에 남아 있는 이전 프로세스를 정리해 보세요.

cause-database = 데이터베이스에 연결하거나 쓰지 못했습니다.
cause-database-1 = 데이터베이스가 살아 있는지, 연결 수 한도에 걸리지 않았는지 확인해 보세요.
cause-database-2 = 동시에 쓰는 작업이 많다면 연결 풀과 재시도를 넣어 보세요.

cause-server-error = 다른 서버가 오류(5xx)로 답했습니다.
cause-server-error-1 = 그 서버의 상태와 로그를 확인해 보세요.
cause-server-error-2 = 잠깐의 장애일 수 있으니 간격을 늘려 가며 재시도하게 해 보세요.

cause-connection = 다른 서버와의 연결이 거부되거나 끊겼습니다.
cause-connection-1 = 그 서버가 살아 있는지, 방화벽과 포트가 열려 있는지 확인해 보세요.
cause-connection-2 = 잠깐의 장애일 수 있으니 재시도를 넣고 다시 실행해 보세요.

cause-timeout = 기다리던 응답이 제때 오지 않았습니다.
cause-timeout-1 = 상대 서버나 저장소가 느려졌는지 확인해 보세요.
cause-timeout-2 = 대기 시간 한도를 늘리고 재시도를 넣어 보세요.

cause-checkpoint-corrupt = 체크포인트나 모델 파일이 깨졌거나 끝까지 저장되지 않았습니다.
cause-checkpoint-corrupt-1 = 하나 앞의 체크포인트에서 이어서 실행해 보세요.
cause-checkpoint-corrupt-2 = 파일 크기를 원본과 비교하고 다시 내려받아 보세요.
cause-checkpoint-corrupt-3 = 임시 파일에 쓴 뒤 이름을 바꾸는 방식으로 저장하게 해 보세요.

cause-checkpoint-mismatch = 체크포인트의 구조가 모델과 맞지 않습니다.
cause-checkpoint-mismatch-1 = 체크포인트를 만든 설정(클래스 수, 층 수, 이름)으로 모델을 만들었는지 확인해 보세요.
cause-checkpoint-mismatch-2 = head만 다르다면 그 부분을 빼고 불러와 보세요.
cause-checkpoint-mismatch-3 = DataParallel이 붙인 module. 접두어를 확인해 보세요.

cause-data-corrupt = 데이터 파일이 깨졌거나 형식이 다릅니다.
cause-data-corrupt-1 = 증거에 나온 파일을 열어 보고, 원본에서 다시 받아 보세요.
cause-data-corrupt-2 = 데이터셋 전체를 미리 검사해 깨진 파일을 걸러 보세요.

cause-data-empty = 읽을 데이터가 하나도 없습니다.
cause-data-empty-1 = 데이터 경로와 분할(train/val) 이름을 확인해 보세요.
cause-data-empty-2 = 필터 조건이 모든 행을 걸러 내지 않는지 확인해 보세요.

cause-nan-input = 입력 데이터에 빈 값(NaN)이나 무한대가 있습니다.
cause-nan-input-1 = 빈 값을 채우거나 그 행을 빼는 단계를 넣어 보세요.
cause-nan-input-2 = 최근 데이터에서 새로 비기 시작한 열이 있는지 확인해 보세요.

cause-label = 라벨 값이 모델이 기대하는 범위와 다릅니다.
cause-label-1 = 클래스 수 설정과 라벨 값(0부터 시작)을 맞춰 보세요.
cause-label-2 = 새로 생긴 라벨이나 수가 너무 적은 클래스가 있는지 확인해 보세요.

cause-device-mismatch = 모델과 데이터가 서로 다른 장치(CPU/GPU)에 있습니다.
cause-device-mismatch-1 = 입력과 모델을 같은 장치로 옮기는 코드를 확인해 보세요.
cause-device-mismatch-2 = forward 안에서 만드는 텐서에도 device를 지정해 보세요.

cause-shape-mismatch = 텐서나 데이터의 크기(모양)가 서로 맞지 않습니다.
cause-shape-mismatch-1 = 증거에 나온 두 크기가 어느 층과 입력에서 오는지 확인해 보세요.
cause-shape-mismatch-2 = 전처리(이미지 크기, 특성 수)가 모델 설정과 같은지 확인해 보세요.
cause-shape-mismatch-3 = 마지막 배치만 작다면 drop_last를 켜 보세요.

cause-dtype-mismatch = 자료형(dtype)이 맞지 않습니다.
cause-dtype-mismatch-1 = 입력과 모델의 자료형을 맞추거나 autocast를 써 보세요.
cause-dtype-mismatch-2 = 문자열로 읽힌 숫자 열이 있는지 확인해 보세요.

cause-version-mismatch = 설치된 패키지의 버전이 서로 맞지 않습니다.
cause-version-mismatch-1 = 마지막으로 성공한 실행의 패키지 버전과 비교해 보세요.
cause-version-mismatch-2 = 버전을 고정한 잠금 파일로 환경을 다시 만들어 보세요.

cause-module-missing = 필요한 파이썬 패키지가 설치되어 있지 않습니다.
cause-module-missing-1 = 요구 사항 파일에 그 패키지를 넣고 이미지를 다시 만들어 보세요.
cause-module-missing-2 = 작업이 의도한 가상 환경과 이미지에서 실행되는지 확인해 보세요.

cause-config = 설정이나 실행 인자가 잘못됐습니다.
cause-config-1 = 증거에 나온 이름의 철자와 값을 확인해 보세요.
cause-config-2 = 마지막으로 성공한 실행의 설정과 비교해 보세요.

cause-permission = 파일이나 폴더에 접근할 권한이 없습니다.
cause-permission-1 = 그 경로의 소유자와 권한, 실행 계정을 확인해 보세요.
cause-permission-2 = 볼륨이 읽기 전용으로 연결되지 않았는지 확인해 보세요.

cause-file-missing = 필요한 파일이나 폴더가 없습니다.
cause-file-missing-1 = 증거에 나온 경로의 철자와, 볼륨이 연결됐는지 확인해 보세요.
cause-file-missing-2 = 앞 단계가 그 파일을 실제로 만들었는지 확인해 보세요.

cause-pickling = 프로세스 사이에 객체를 넘기지 못했습니다(multiprocessing).
cause-pickling-1 = lambda나 안쪽 함수를 모듈 수준의 함수로 옮겨 보세요.
cause-pickling-2 = CUDA를 쓴다면 시작 방법을 spawn으로 바꿔 보세요.

cause-sequence-length = 입력 길이가 모델의 최대 길이를 넘었습니다.
cause-sequence-length-1 = 토크나이저의 truncation과 max_length를 설정해 보세요.
cause-sequence-length-2 = 긴 문서는 나누어 넣어 보세요.

cause-tracking = 실험 기록 서버(MLflow, W&B 등)가 오류를 돌려주었습니다.
cause-tracking-1 = 기록 서버의 상태와 실험 이름, 권한을 확인해 보세요.
cause-tracking-2 = 기록에 실패해도 학습은 이어지도록 오프라인 모드를 고려해 보세요.

cause-recursion = 함수 호출이 끝없이 되풀이됐습니다.
cause-recursion-1 = 증거 근처의 재귀 호출에 끝나는 조건이 있는지 확인해 보세요.
cause-recursion-2 = 자기 자신을 담은 객체를 저장하거나 복사하지 않는지 확인해 보세요.

cause-column-missing = 필요한 열이나 키가 데이터에 없습니다.
cause-column-missing-1 = 데이터의 열 이름이 최근에 바뀌었는지 확인해 보세요.
cause-column-missing-2 = 학습 전에 스키마를 검사하는 단계를 넣어 보세요.

cause-segfault = 네이티브 코드에서 프로세스가 죽었습니다(세그멘테이션 오류 등).
cause-segfault-1 = faulthandler를 켜고 다시 실행해 어느 라이브러리인지 찾아 보세요.
cause-segfault-2 = 최근에 바뀐 네이티브 패키지(OpenCV, CUDA 확장 등)의 버전을 되돌려 보세요.

cause-nccl = 여러 GPU 사이의 통신(NCCL 등)이 끊기거나 멈췄습니다.
cause-nccl-1 = 다른 rank의 로그에서 먼저 죽은 프로세스가 없는지 확인해 보세요.
cause-nccl-2 = NCCL_DEBUG=INFO로 다시 실행해 어느 구간에서 멈추는지 보세요.
cause-nccl-3 = 노드 사이의 네트워크와 NCCL_SOCKET_IFNAME 설정을 확인해 보세요.

cause-killed = 밖에서 강제로 종료됐습니다(SIGKILL). 대개 메모리 부족입니다.
cause-killed-1 = 노드의 커널 로그와 파드 상태에서 OOM 기록을 찾아 보세요.
cause-killed-2 = 메모리 한도를 늘리거나 데이터 로더 워커를 줄여 보세요.
cause-killed-3 = 누가 작업을 지웠는지 스케줄러 기록도 확인해 보세요.

cause-terminated = 종료 신호(SIGTERM)를 받고 멈췄습니다.
cause-terminated-1 = 스케줄러 기록에서 누가, 왜 멈췄는지 확인해 보세요(취소, 배포, 노드 정리).
cause-terminated-2 = 마지막 체크포인트에서 이어서 실행해 보세요.

cause-interrupted = 실행이 중간에 중단됐습니다(인터럽트).
cause-interrupted-1 = 누군가 직접 멈췄는지 확인해 보세요.
cause-interrupted-2 = 터미널에서 실행했다면 연결이 끊겨도 이어지게 스케줄러나 tmux를 써 보세요.

cause-worker-killed = 데이터 로더나 병렬 작업의 워커 프로세스가 죽었습니다.
cause-worker-killed-1 = num_workers=0으로 실행해 실제 오류를 확인해 보세요.
cause-worker-killed-2 = 메모리 사용량을 보고 워커 수를 줄여 보세요.

cause-assertion = 코드의 검사(assert)에 걸려 멈췄습니다.
cause-assertion-1 = 증거에 나온 줄이 무엇을 요구하는지 확인해 보세요.
cause-assertion-2 = 마지막으로 성공한 실행과 데이터·설정을 비교해 보세요.

cause-python-error = 파이썬 예외({ $name })로 멈췄습니다. 알려진 유형은 아닙니다.
cause-python-error-1 = 증거에 나온 파일과 줄부터 확인해 보세요.
cause-python-error-2 = 마지막으로 성공한 실행 뒤로 무엇(코드, 데이터, 설정)이 바뀌었는지 비교해 보세요.

cause-unknown = 로그에서 알려진 원인을 찾지 못했습니다.
cause-unknown-1 = 아래 마지막 줄들을 담당자와 함께 확인해 보세요.
cause-unknown-2 = 로그 앞부분이나 다른 rank·컨테이너의 로그에 원인이 있을 수 있습니다.

# Where the log could not be read: why, what to set, what is known all the same.

unread-unknown-path = 원인을 알 수 없습니다. 로그가 어디 있는지 카탈로그에 없습니다.
unread-unknown-path-try = 알림 규칙(alerts.yml)의 쿼리가 log_path 열에 로그 경로를 돌려주게 해 주세요.
unread-not-allowed = 원인을 알 수 없습니다. 봇이 읽도록 허용된 위치의 로그가 아닙니다.
unread-not-allowed-try = 로그가 있는 폴더나 버킷을 LOG_ROOTS 설정에 넣어 주세요(관리자).
unread-not-found = 원인을 알 수 없습니다. 기록된 경로에 로그가 없습니다.
unread-not-found-try = 봇이 실행되는 곳에 그 볼륨이 연결됐는지, 로그가 이미 지워지지 않았는지 확인해 주세요.
unread-no-extra = 원인을 알 수 없습니다. 봇에 이 저장소(S3/GCS)를 읽는 패키지가 없습니다.
unread-no-extra-try = 봇을 logs 추가 패키지와 함께 설치해 주세요: pip install "mlops-bot[logs]"
unread-too-slow = 원인을 알 수 없습니다. 로그를 제때 읽지 못했습니다.
unread-too-slow-try = 로그가 있는 저장소의 응답이 느린지 확인해 주세요.
unread-unreadable = 원인을 알 수 없습니다. 로그를 읽을 수 없습니다.
unread-unreadable-try = 봇의 계정에 그 로그의 읽기 권한이 있는지, 서버가 살아 있는지 확인해 주세요.
unread-not-text = 원인을 알 수 없습니다. 기록된 파일은 텍스트 로그가 아닙니다.
unread-not-text-try = 압축되지 않은 텍스트 로그의 경로를 기록해 주세요.
unread-empty = 원인을 알 수 없습니다. 로그가 비어 있습니다.
unread-empty-try = 출력이 버퍼에 남아 사라졌을 수 있습니다. PYTHONUNBUFFERED=1로 실행해 보세요.
unread-ran = { $ran } 동안 돌다가 실패했습니다.
unread-ran-usual = { $ran } 동안 돌다가 실패했습니다. 보통은 { $usual } 걸립니다.
unread-early = 시작하자마자 실패했으니 설정, 데이터 경로, 권한, 패키지부터 확인해 보세요.
unread-late = 평소보다 훨씬 오래 돌았습니다. 시간 한도와 느려진 데이터 읽기를 확인해 보세요.
unread-place = 로그 위치: { $path }
