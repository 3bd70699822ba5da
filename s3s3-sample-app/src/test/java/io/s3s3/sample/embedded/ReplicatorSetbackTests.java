package io.s3s3.sample.embedded;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.S3Object;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No object keeps a {@link Replicator} from copying the others, or fills its log.
 */
@ExtendWith(OutputCaptureExtension.class)
class ReplicatorSetbackTests {

	private static final int CAPACITY = 12_000_000;

	private final MutableClock clock = new MutableClock();

	private EmbeddedPair pair;

	private EmbeddedLocation east;

	private EmbeddedLocation west;

	private Replicator replicator;

	@BeforeEach
	void start() {
		this.pair = new EmbeddedPair(EmbeddedLocation.start("sample-east", CAPACITY),
				EmbeddedLocation.start("sample-west", CAPACITY));
		this.east = this.pair.primary();
		this.west = this.pair.secondary();
		this.replicator = new Replicator(this.pair, this.clock);
	}

	@AfterEach
	void stop() {
		this.pair.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\u0001b", "\u001b[31m", "line\nline", "\u007f", "\ufffe", "a+b c%20", "<&>\"'" })
	void copiesKeysThatXmlCannotHold(String key) {
		put(this.east, key);
		put(this.east, "plain");

		replicate(1);

		assertThat(keys(this.west)).containsExactlyInAnyOrder(key, "plain");
	}

	@Test
	void copiesTheOthersWhenOneCannotBeCopied() {
		putWhatCannotBeCopied();
		put(this.east, "before");
		put(this.west, "z-after");

		replicate(1);

		assertThat(keys(this.east)).containsExactly("before", "folder", "z-after");
		assertThat(keys(this.west)).containsExactly("before", "folder/file", "z-after");
	}

	@Test
	void logsOnceWhatCannotBeCopied(CapturedOutput output) {
		putWhatCannotBeCopied();

		replicate(200);

		assertThat(output.getAll()).containsOnlyOnce("2 objects cannot be replicated");
	}

	@Test
	void setsAsideALargeObjectThatHasNoRoom(CapturedOutput output) {
		RequestBody large = RequestBody.fromBytes(new byte[CAPACITY * 2 / 3]);
		this.east.client().putObject((request) -> request.bucket(this.east.bucket()).key("large-east"), large);
		this.west.client().putObject((request) -> request.bucket(this.west.bucket()).key("large-west"), large);
		put(this.west, "z-after");

		replicate(20);

		assertThat(keys(this.east)).containsExactly("large-east", "z-after");
		assertThat(output.getAll()).containsOnlyOnce("2 objects cannot be replicated");
	}

	@Test
	void triesAgainAfterAWhile() {
		putWhatCannotBeCopied();
		replicate(10);
		this.west.client().deleteObject((request) -> request.bucket(this.west.bucket()).key("folder/file"));

		this.clock.advance(Duration.ofMinutes(10));
		replicate(2);

		assertThat(keys(this.west)).containsExactly("folder");
	}

	@Test
	void logsOnceThatALocationCannotBeListed(CapturedOutput output) {
		this.pair.secondary().client().deleteBucket((request) -> request.bucket(this.west.bucket()));

		replicate(200);

		assertThat(output.getAll()).containsOnlyOnce("sample-west cannot be listed");
	}

	// The server keeps keys as files: one of the two is a file, the other needs a folder.
	private void putWhatCannotBeCopied() {
		put(this.east, "folder");
		put(this.west, "folder/file");
	}

	private void replicate(int rounds) {
		for (int round = 0; round < rounds; round++) {
			this.replicator.replicate();
			this.clock.advance(Duration.ofMillis(Replicator.PERIOD));
		}
	}

	private static void put(EmbeddedLocation location, String key) {
		location.client()
			.putObject((request) -> request.bucket(location.bucket()).key(key), RequestBody.fromString("content"));
	}

	private static List<String> keys(EmbeddedLocation location) {
		return location.client()
			.listObjectsV2((request) -> request.bucket(location.bucket()).encodingType(EncodingType.URL))
			.contents()
			.stream()
			.map(S3Object::key)
			.toList();
	}

}
