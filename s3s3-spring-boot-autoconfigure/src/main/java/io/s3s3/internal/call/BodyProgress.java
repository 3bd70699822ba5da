package io.s3s3.internal.call;

import java.util.function.Supplier;

import io.s3s3.event.BytesTransferred.Direction;
import io.s3s3.internal.io.ByteProgress;
import io.s3s3.internal.io.ThrottledProgress;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

/**
 * Tells how far the body of one call has come, and what of it was sent once more, where
 * somebody wants to know. Not thread-safe, but for what it hands out.
 */
final class BodyProgress {

	private final CallEvents events;

	private final @Nullable ByteProgress whole;

	private final @Nullable Replay replay;

	// The supplier gives the location of the attempt that is under way.
	BodyProgress(CallEvents events, Direction direction, Supplier<LocationRole> location) {
		this.events = events;
		this.whole = events.wantBytes() ? new ThrottledProgress(
				(bytes, total) -> events.transferred(location.get(), direction, bytes, total), System::nanoTime) : null;
		this.replay = (direction == Direction.UPLOAD && events.wantReplays()) ? new Replay() : null;
	}

	// One for all attempts: what is sent again is not told again.
	@Nullable ByteProgress beginAttempt() {
		return (this.replay != null) ? this.replay.begin(this.whole) : this.whole;
	}

	void endAttempt(LocationRole location) {
		if (this.replay != null) {
			this.events.replayed(location, this.replay.end());
		}
	}

}
