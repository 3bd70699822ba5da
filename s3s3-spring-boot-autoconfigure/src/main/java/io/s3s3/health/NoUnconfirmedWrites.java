package io.s3s3.health;

import java.time.Duration;

import io.s3s3.internal.health.UnconfirmedWrites;
import io.s3s3.location.LocationRole;

/**
 * Reports no writes until a client has registered.
 */
final class NoUnconfirmedWrites implements UnconfirmedWrites {

	@Override
	public int at(LocationRole location) {
		return 0;
	}

	@Override
	public int held() {
		return 0;
	}

	@Override
	public void replicated(LocationRole to, Duration lag) {
	}

	@Override
	public void left(LocationRole from) {
	}

	@Override
	public void release() {
	}

}
