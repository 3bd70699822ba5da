package io.s3s3;

import io.s3s3.consistency.ConsistencySettings;
import io.s3s3.consistency.NotReplicatedException;
import io.s3s3.consistency.WriteToken;
import io.s3s3.event.RequestSucceeded;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.FaultProxy.Mode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What another process reads that was told of a write, and what a single call reads that
 * asks for no promise.
 */
class WriteTokensIntegrationTests extends AbstractOwnWritesTests {

	/** As another process would have it. */
	private final FailoverS3Client other = client(ConsistencySettings.DEFAULTS);

	@AfterEach
	void closeOther() {
		this.other.close();
	}

	@Test
	void refusesElsewhereAReadThatLacksTheWrite() {
		put("first");
		FailoverS3Client informed = this.other.after(token());
		this.toEast.mode(Mode.REFUSE);

		assertThatExceptionOfType(NoSuchKeyException.class).isThrownBy(() -> read(this.other));
		assertThatExceptionOfType(NotReplicatedException.class).isThrownBy(() -> read(informed));
		assertThatExceptionOfType(NotReplicatedException.class)
			.isThrownBy(() -> new FailoverS3Template(this.other, null).after(token()).exists(this.key));
	}

	@Test
	void refusesElsewhereWhatTheWriterHasReplaced() {
		put("first");
		put("second");
		this.west.put(this.key, bytes("first"));
		WriteToken token = token();
		this.toEast.mode(Mode.REFUSE);

		assertThatExceptionOfType(NotReplicatedException.class).isThrownBy(() -> read(this.other.after(token)));
	}

	@Test
	void readsTheWriteElsewhereFromWhereverItIs() {
		put("first");
		this.west.put(this.key, bytes("first"));
		WriteToken token = new WriteToken(token().toString());
		this.toEast.mode(Mode.REFUSE);

		assertThat(read(this.other.after(token))).isEqualTo("first");
	}

	@Test
	void asksTheLocationThatTookTheWrite() {
		this.toEast.mode(Mode.REFUSE);
		put("away");
		this.toEast.mode(Mode.FORWARD);

		assertThat(read(this.other.after(token()))).isEqualTo("away");
	}

	@Test
	void doesNotBringBackElsewhereWhatWasDeleted() {
		put("first");
		this.west.put(this.key, bytes("first"));
		this.client.deleteObject((request) -> request.key(this.key));
		WriteToken token = token();
		this.toEast.mode(Mode.REFUSE);

		assertThat(read(this.other)).isEqualTo("first");
		assertThatExceptionOfType(NoSuchKeyException.class).isThrownBy(() -> read(this.other.after(token)));
	}

	@Test
	void supersedesTheWriteOfATokenByItsOwnLaterOne() {
		put("first");
		FailoverS3Client informed = this.other.after(token());
		assertThat(read(informed)).isEqualTo("first");
		informed.putObject((request) -> request.key(this.key), RequestBody.fromString("second"));
		this.west.put(this.key, bytes("first"));
		this.toEast.mode(Mode.REFUSE);

		assertThatExceptionOfType(NotReplicatedException.class).isThrownBy(() -> read(informed));
	}

	@Test
	void findsTheWriterThoughTheOtherProcessCallsItOtherwise() {
		put("first");
		try (FailoverS3Client mirrored = FailoverS3Client.builder()
			.primary(this.westClient, "west")
			.secondary(this.eastClient, "east")
			.listener(this.events::add)
			.build()) {
			this.events.clear();

			assertThat(read(mirrored.after(token()))).isEqualTo("first");
			assertThat(this.events).filteredOn(RequestSucceeded.class::isInstance)
				.extracting((event) -> ((RequestSucceeded) event).getLocation())
				.containsExactly(LocationRole.SECONDARY);
		}
	}

	@Test
	void leavesOtherKeysAlone() {
		put("first");
		this.east.put("other", bytes("other"));

		assertThat(this.other.after(token()).getObjectAsBytes((request) -> request.key("other")).asUtf8String())
			.isEqualTo("other");
	}

	@Test
	void refusesATokenOfAnotherPairAtOnce() {
		put("first");
		try (FailoverS3Client another = FailoverS3Client.builder()
			.primary(this.eastClient, "east")
			.secondary(this.westClient, "north")
			.build()) {

			assertThatIllegalArgumentException().isThrownBy(() -> another.after(token()))
				.withMessageContaining("another pair");
		}
	}

	@Test
	void refusesWhatIsNoToken() {
		put("first");
		String text = token().value();
		char other = (text.charAt(20) == 'x') ? 'y' : 'x';

		assertThat(text).matches("[A-Za-z0-9._-]+").doesNotContain(this.key, "east", "west");
		assertThatIllegalArgumentException().isThrownBy(() -> new WriteToken("garbage"));
		assertThatIllegalArgumentException().isThrownBy(() -> new WriteToken(WriteToken.PREFIX));
		assertThatIllegalArgumentException().isThrownBy(() -> new WriteToken(text.substring(0, text.length() - 2)))
			.withMessageContaining("write token");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new WriteToken(text.substring(0, 20) + other + text.substring(21)));
	}

	@Test
	void hasNoTokenOfWhatItDoesNotRemember() {
		put("first");

		assertThat(this.client.lastWrite("never-written")).isEmpty();
		assertThat(this.other.lastWrite(this.key)).isEmpty();
	}

	@Test
	void passesATokenOn() {
		put("first");
		FailoverS3Client informed = this.other.after(token());
		read(informed);

		assertThat(informed.lastWrite(this.key)).isPresent();
	}

	@Test
	void readsAsItIsServedWhenASingleCallAsksForThat() {
		put("first");
		this.toEast.mode(Mode.REFUSE);

		assertThatExceptionOfType(NoSuchKeyException.class).isThrownBy(() -> read(this.client.asServed()));
		assertThat(new FailoverS3Template(this.client, null).asServed().exists(this.key)).isFalse();
		assertThatExceptionOfType(NotReplicatedException.class).isThrownBy(this::get);
	}

	@Test
	void remembersWhatIsWrittenThoughItReadsAsItIsServed() {
		this.client.asServed().putObject((request) -> request.key(this.key), RequestBody.fromString("first"));
		this.toEast.mode(Mode.REFUSE);

		assertThatExceptionOfType(NotReplicatedException.class).isThrownBy(this::get);
	}

	@Test
	void goesAsHealthHasItWhenASingleCallReadsAsItIsServed() {
		this.toEast.mode(Mode.REFUSE);
		put("away");
		this.toEast.mode(Mode.FORWARD);

		assertThatExceptionOfType(NoSuchKeyException.class).isThrownBy(() -> read(this.client.asServed()));
		assertThat(get()).isEqualTo("away");
	}

	private WriteToken token() {
		return this.client.lastWrite(this.key).orElseThrow();
	}

	private String read(FailoverS3Client client) {
		return client.getObjectAsBytes((request) -> request.key(this.key)).asUtf8String();
	}

}
