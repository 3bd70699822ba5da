package io.s3s3.internal.consistency;

import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

class OncePerWriteTests extends Histories {

	private final RecentWrites writes = new LocalWrites(1_000_000);

	private final Discoveries target = Mockito.mock(Discoveries.class);

	private final OncePerWrite once = new OncePerWrite(this.target, this.writes);

	@Test
	void tellsOfAWriteOnceWhateverWasSeenSince() {
		write(1);
		this.once.notReplicated("key", LocationRole.PRIMARY);
		this.writes.changed("key", (history) -> history.shown(LocationRole.SECONDARY, seen("v1", "a", 2), 3)
			.staleAt(LocationRole.PRIMARY));

		this.once.notReplicated("key", LocationRole.PRIMARY);

		Mockito.verify(this.target).notReplicated("key", LocationRole.PRIMARY);
		Mockito.verifyNoMoreInteractions(this.target);
	}

	@Test
	void tellsOfEachWriteAndOfEachFinding() {
		write(1);
		tell();
		write(5);
		tell();

		for (LocationRole location : LocationRole.values()) {
			Mockito.verify(this.target, Mockito.times(2)).notReplicated("key", location);
			Mockito.verify(this.target, Mockito.times(2)).buried("key", location);
			Mockito.verify(this.target, Mockito.times(2)).unproven("key", location);
		}
	}

	private void tell() {
		for (LocationRole location : LocationRole.values()) {
			this.once.notReplicated("key", location);
			this.once.buried("key", location);
			this.once.unproven("key", location);
		}
	}

	private void write(int began) {
		this.writes.written("key",
				(history) -> history.acknowledged(put(LocationRole.SECONDARY, "v" + began, "a", began, began + 1)));
	}

}
