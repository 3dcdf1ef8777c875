# One image for all of usher's pods: orchestrators, agents, and the HAProxies beside them, so that the HAProxy which
# checks a configuration is the one that runs it. Node runs the TypeScript as it stands.
#
# The digest is of the index of all architectures. To go to a newer one:
#   docker buildx imagetools inspect node:24-trixie-slim --format '{{.Manifest.Digest}}'
ARG NODE=node:24.21.0-trixie-slim@sha256:8ec5d7557396cfe32d21c3f9c13072355ceab22b584578ca4bb28af31120cffe

FROM ${NODE} AS modules
WORKDIR /usher
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM ${NODE}
# HAProxy 3.0 with Debian's security fixes; nobody installs anything later.
RUN apt-get update \
  && apt-get install -y --no-install-recommends haproxy \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /usher
COPY --from=modules /usher/node_modules node_modules
COPY package.json ./
COPY common common
COPY templates templates
COPY haproxy haproxy
COPY shards shards
COPY orchestrator orchestrator
COPY cli cli
RUN ln -s /usher/cli/usher.ts /usr/local/bin/usher
# The image's own user `node`. It writes to no file of the image: the root file system may be read-only.
USER 1000:1000
ENV NODE_ENV=production
ENTRYPOINT ["usher"]
