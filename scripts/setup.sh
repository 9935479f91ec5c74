# Shared set-up of ./kalm, ./test and ./bench: Debian packages, the native library, the .NET build. To be sourced with
# the folder of the project as $ROOT. Each step looks whether there is anything to do and is silent where there is not.

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
export DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
[ -n "${HOME:-}" ] || export HOME="$ROOT/artifacts/home" DOTNET_CLI_HOME="$ROOT/artifacts/home"

ARTIFACTS="$ROOT/artifacts"
TORCH_PACKAGES="g++ make cmake libtorch-dev libopenblas0-openmp"
REPORT_PACKAGES="libjs-three"
KALM_TORCH_MODE="${KALM_TORCH:-native}"
KALM_GPU_MODE="${KALM_GPU:-none}"
TORCHSHARP_VERSION=0.107.0
ILGPU_VERSION=1.5.3

say() { printf 'kalm: %s\n' "$*" >&2; }

fail() {
    say "$@"
    exit 1
}

# packages that dpkg does not report as installed
missing_packages() {
    local package
    for package in "$@"; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || printf '%s ' "$package"
    done
}

# installs Debian packages that are missing; without root says which
need_packages() {
    command -v dpkg-query >/dev/null || {
        command -v cmake >/dev/null && command -v g++ >/dev/null && return
        fail "this is no Debian system; install the equivalents of: $*"
    }
    local missing
    missing="$(missing_packages "$@")"
    missing="${missing% }"
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" != 0 ]; then
        say "these Debian packages are missing: $missing"
        say "install them as root with this line, then run the command again:"
        printf '  apt-get update && apt-get install -y --no-install-recommends %s\n' "$missing" >&2
        exit 1
    fi

    say "installing from Debian: $missing"
    local log="$ARTIFACTS/log/apt.log"
    mkdir -p "$ARTIFACTS/log"
    # word splitting makes the list of packages
    # shellcheck disable=SC2086
    if ! { DEBIAN_FRONTEND=noninteractive apt-get update &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing; } >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        fail "apt-get failed; the whole output is in $log"
    fi
}

need_dotnet() {
    if ! command -v dotnet >/dev/null; then
        [ -x "$HOME/.dotnet/dotnet" ] ||
            fail "the .NET 10 SDK is missing; get it from https://dotnet.microsoft.com/download"
        export PATH="$HOME/.dotnet:$PATH"
    fi
    (cd "$ROOT" && dotnet --version >/dev/null 2>&1) ||
        fail "no .NET SDK that global.json accepts (10.0); found: $(dotnet --list-sdks | tr '\n' ' ')"
}

# runs a command with its output in a log; shows the errors of one that fails
logged() {
    local name="$1" log="$ARTIFACTS/log/$1.log"
    shift
    mkdir -p "$ARTIFACTS/log"
    if ! "$@" >"$log" 2>&1; then
        grep -E 'error|Error' "$log" | sort -u | head -n 30 >&2 || tail -n 30 "$log" >&2
        fail "$name failed; the whole output is in $log"
    fi
}

# whether anything below the given paths is newer than the stamp; a folder counts, so a deleted file does too
newer() {
    local stamp="$1"
    shift
    [ ! -e "$stamp" ] || [ -n "$(find "$@" -newer "$stamp" -print -quit 2>/dev/null)" ]
}

# why an optional package is not used, in one sentence; a restore of the package alone tells
probe() {
    local package="$1" version="$2" property="$3" folder
    folder="$(mktemp -d)"
    cat >"$folder/probe.csproj" <<PROJECT
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
  <ItemGroup><PackageReference Include="$package" Version="$version" /></ItemGroup>
</Project>
PROJECT
    if (cd "$folder" && timeout 120 dotnet restore probe.csproj >/dev/null 2>&1 </dev/null); then
        echo "$package $version restores, but its mode is not built yet; $property forces it"
    else
        echo "$package $version does not restore from the configured package sources"
    fi
    rm -rf "$folder"
}

# the words of KALM_TORCH and KALM_GPU
check_modes() {
    case "$KALM_TORCH_MODE" in
        native | TorchSharp) ;;
        *) fail "KALM_TORCH: found \"$KALM_TORCH_MODE\", expected native or TorchSharp" ;;
    esac
    case "$KALM_GPU_MODE" in
        none | ilgpu) ;;
        *) fail "KALM_GPU: found \"$KALM_GPU_MODE\", expected none or ilgpu" ;;
    esac
}

# which optional packages are used and why, for the build and for kalm doctor
write_props() {
    local props="$ROOT/Kalm.local.props" torch_reason gpu_reason
    if [ -e "$props" ] && grep -q "modes: $KALM_TORCH_MODE $KALM_GPU_MODE " "$props"; then return; fi
    if [ -n "${KALM_TORCH:-}" ]; then torch_reason="set by KALM_TORCH"
    else torch_reason="$(probe TorchSharp "$TORCHSHARP_VERSION" KALM_TORCH=TorchSharp)"; fi
    if [ -n "${KALM_GPU:-}" ]; then gpu_reason="set by KALM_GPU"
    else gpu_reason="$(probe ILGPU "$ILGPU_VERSION" KALM_GPU=ilgpu)"; fi
    cat >"$props.new" <<PROPS
<Project>
  <!-- written by the set-up; modes: $KALM_TORCH_MODE $KALM_GPU_MODE -->
  <PropertyGroup>
    <KalmTorch Condition="'\$(KalmTorch)' == ''">$KALM_TORCH_MODE</KalmTorch>
    <KalmGpu Condition="'\$(KalmGpu)' == ''">$KALM_GPU_MODE</KalmGpu>
    <KalmTorchReason>$torch_reason</KalmTorchReason>
    <KalmGpuReason>$gpu_reason</KalmGpuReason>
  </PropertyGroup>
</Project>
PROPS
    mv "$props.new" "$props"
}

build_native() {
    local source="$ROOT/src/Kalm.Native/native" build="$ARTIFACTS/native/build" stamp="$ARTIFACTS/native/stamp"
    [ "$KALM_TORCH_MODE" = native ] || return 0
    newer "$stamp" "$source" || [ ! -e "$ARTIFACTS/native/libkalm_native.so" ] || return 0
    say "building the native library (about a minute)"
    mkdir -p "$build"
    touch "$stamp.new"
    logged cmake cmake -S "$source" -B "$build" -DCMAKE_BUILD_TYPE=Release
    logged native cmake --build "$build" --parallel "$(nproc)"
    mv "$stamp.new" "$stamp"
}

# builds a project or the solution where a source is newer than its last build: build_managed NAME PROJECT PATH...
build_managed() {
    local name="$1" project="$2" stamp="$ARTIFACTS/stamp/$1"
    shift 2
    newer "$stamp" "$ROOT"/*.props "$ROOT"/global.json "$ROOT"/.editorconfig "$@" || return 0
    say "building $name"
    mkdir -p "$ARTIFACTS/stamp"
    touch "$stamp.new"
    logged build dotnet build "$project" -c Release -v quiet --nologo -nodeReuse:false
    mv "$stamp.new" "$stamp"
}

# everything a command needs before it can run: set_up TARGET [extra Debian packages]; TARGET is app, bench or all
set_up() {
    local target="$1"
    shift
    mkdir -p "$ARTIFACTS"

    # two commands at once: the second waits and finds everything done; the lock ends with this subshell
    (
        flock 9
        check_modes
        need_dotnet
        # word splitting makes the list of packages
        # shellcheck disable=SC2086
        if [ "$KALM_TORCH_MODE" = native ]; then need_packages $TORCH_PACKAGES $REPORT_PACKAGES "$@"
        else need_packages $REPORT_PACKAGES "$@"; fi
        write_props
        build_native
        case "$target" in
            app) build_managed app "$ROOT/src/Kalm.App/Kalm.App.csproj" "$ROOT/src" ;;
            bench) build_managed bench "$ROOT/benchmarks/Kalm.Benchmarks/Kalm.Benchmarks.csproj" \
                "$ROOT/src" "$ROOT/benchmarks" "$ROOT/tests/Kalm.Testing" ;;
            *) build_managed all "$ROOT/KALM.sln" "$ROOT/KALM.sln" "$ROOT/src" "$ROOT/benchmarks" "$ROOT/tests" ;;
        esac
    ) 9>"$ARTIFACTS/setup.lock" || exit $?
    command -v dotnet >/dev/null || export PATH="$HOME/.dotnet:$PATH"
}
