package io.s3s3.sample.embedded;

import java.time.Clock;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Replicator}, one round at a time.
 */
class ReplicatorTests {

	private static EmbeddedPair pair;

	private static EmbeddedLocation east;

	private static EmbeddedLocation west;

	private Replicator replicator;

	@BeforeAll
	static void start() {
		pair = EmbeddedPair.start();
		east = pair.primary();
		west = pair.secondary();
	}

	@AfterAll
	static void stop() {
		pair.close();
	}

	@BeforeEach
	void empty() {
		for (EmbeddedLocation location : List.of(east, west)) {
			location.gate().transitionTo(GateState.OPEN);
			keys(location).forEach((key) -> delete(location, key));
		}
		this.replicator = new Replicator(pair, Clock.systemUTC());
		this.replicator.replicate();
	}

	@Test
	void copiesWritesBothWays() {
		put(east, "of-east", "1");
		put(west, "of/west ü", "2");

		this.replicator.replicate();

		assertThat(get(west, "of-east")).isEqualTo("1");
		assertThat(get(east, "of/west ü")).isEqualTo("2");
	}

	@Test
	void copiesOverwritesBothWays() {
		put(east, "key", "1");
		this.replicator.replicate();
		put(west, "key", "2");
		this.replicator.replicate();
		assertThat(get(east, "key")).isEqualTo("2");

		put(east, "key", "3");
		this.replicator.replicate();

		assertThat(get(west, "key")).isEqualTo("3");
	}

	@Test
	void copiesContentTypeAndMetadata() {
		east.client()
			.putObject((request) -> request.bucket(east.bucket())
				.key("key")
				.contentType("text/plain")
				.metadata(Map.of("colour", "blue")), RequestBody.fromString("1"));

		this.replicator.replicate();

		GetObjectResponse copy = west.client()
			.getObjectAsBytes((request) -> request.bucket(west.bucket()).key("key"))
			.response();
		assertThat(copy.contentType()).isEqualTo("text/plain");
		assertThat(copy.metadata()).containsEntry("colour", "blue");
	}

	@Test
	void copiesDeletionsBothWays() {
		put(east, "one", "1");
		put(east, "two", "2");
		this.replicator.replicate();
		delete(east, "one");
		delete(west, "two");

		this.replicator.replicate();

		assertThat(keys(east)).isEmpty();
		assertThat(keys(west)).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "REFUSING", "HANGING" })
	void leavesALocationAloneThatIsDown(GateState down) {
		put(east, "known", "1");
		this.replicator.replicate();
		east.gate().transitionTo(down);
		put(west, "new", "2");
		delete(west, "known");
		put(east, "unseen", "3");

		this.replicator.replicate();

		assertThat(keys(east)).containsExactly("known", "unseen");
		assertThat(keys(west)).containsExactly("new");
	}

	@Test
	void catchesUpWhenALocationReturns() {
		put(east, "deleted", "1");
		put(east, "overwritten", "1");
		this.replicator.replicate();
		east.gate().transitionTo(GateState.REFUSING);
		delete(west, "deleted");
		put(west, "overwritten", "2");
		put(west, "new", "3");
		this.replicator.replicate();

		east.gate().transitionTo(GateState.OPEN);
		this.replicator.replicate();

		assertThat(keys(east)).containsExactly("new", "overwritten");
		assertThat(get(east, "overwritten")).isEqualTo("2");
		this.replicator.replicate();
		assertThat(keys(west)).containsExactly("new", "overwritten");
	}

	@Test
	void doesNotResurrectWhatWasDeleted() {
		put(east, "key", "1");
		this.replicator.replicate();
		east.gate().transitionTo(GateState.HANGING);
		delete(west, "key");
		this.replicator.replicate();
		east.gate().transitionTo(GateState.OPEN);

		for (int round = 0; round < 3; round++) {
			this.replicator.replicate();

			assertThat(keys(east)).isEmpty();
			assertThat(keys(west)).isEmpty();
		}
	}

	@Test
	void keepsWhatWasWrittenAgainAfterItsDeletion() {
		put(east, "key", "1");
		this.replicator.replicate();
		delete(east, "key");
		east.gate().transitionTo(GateState.REFUSING);
		this.replicator.replicate();
		put(west, "key", "2");
		this.replicator.replicate();

		east.gate().transitionTo(GateState.OPEN);
		this.replicator.replicate();

		assertThat(get(east, "key")).isEqualTo("2");
		assertThat(get(west, "key")).isEqualTo("2");
	}

	@Test
	void keepsTheNewerOfTwoWrites() {
		put(east, "key", "unreplicated");
		east.gate().transitionTo(GateState.REFUSING);
		this.replicator.replicate();
		put(west, "key", "newer");
		this.replicator.replicate();

		east.gate().transitionTo(GateState.OPEN);
		this.replicator.replicate();

		assertThat(get(east, "key")).isEqualTo("newer");
		assertThat(get(west, "key")).isEqualTo("newer");
	}

	private static void put(EmbeddedLocation location, String key, String content) {
		location.client()
			.putObject((request) -> request.bucket(location.bucket()).key(key), RequestBody.fromString(content));
	}

	private static String get(EmbeddedLocation location, String key) {
		return location.client()
			.getObjectAsBytes((request) -> request.bucket(location.bucket()).key(key))
			.asUtf8String();
	}

	private static void delete(EmbeddedLocation location, String key) {
		location.client().deleteObject((request) -> request.bucket(location.bucket()).key(key));
	}

	private static List<String> keys(EmbeddedLocation location) {
		return location.client()
			.listObjectsV2((request) -> request.bucket(location.bucket()))
			.contents()
			.stream()
			.map(S3Object::key)
			.toList();
	}

}
