package io.s3s3;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

import io.s3s3.consistency.ConsistencySettings;
import io.s3s3.consistency.NotReplicatedException;
import io.s3s3.consistency.WriteToken;
import io.s3s3.event.RequestFailed;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultProxy.Mode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What the asynchronous client and its template read after a switch: what this process
 * wrote, by whichever client, or nothing.
 */
@Timeout(60)
class AsyncOwnWritesIntegrationTests extends AbstractOwnWritesTests {

	private final S3AsyncClient eastAsync = EmbeddedS3.asyncClient(this.toEast.uri());

	private final S3AsyncClient westAsync = EmbeddedS3.asyncClient(this.toWest.uri());

	private final FailoverS3AsyncClient async = sideOf(this.client);

	private final FailoverS3AsyncTemplate template = new FailoverS3AsyncTemplate(this.async);

	private FailoverS3AsyncClient sideOf(FailoverS3Client client) {
		return FailoverS3AsyncClient.builder().client(client).primary(this.eastAsync).secondary(this.westAsync).build();
	}

	@AfterEach
	void closeAsync() {
		this.async.close();
		this.eastAsync.close();
		this.westAsync.close();
	}

	@Test
	void refusesToReadWhatHasNotArrived() {
		replaceWhatHasArrived();
		this.toEast.mode(Mode.REFUSE);

		assertThatThrownBy(() -> this.template.downloadAsBytes(this.key).join()).isInstanceOf(CompletionException.class)
			.hasCauseInstanceOf(NotReplicatedException.class);
		assertThatThrownBy(() -> this.template.exists(this.key).join()).isInstanceOf(CompletionException.class)
			.hasCauseInstanceOf(NotReplicatedException.class);
	}

	@Test
	void readsItAsServedOnRequest() {
		replaceWhatHasArrived();
		this.toEast.mode(Mode.REFUSE);

		assertThat(this.template.asServed().downloadAsString(this.key).join()).isEqualTo("old");
		assertThatThrownBy(() -> this.template.downloadAsString(this.key).join())
			.hasCauseInstanceOf(NotReplicatedException.class);
	}

	@Test
	void readsWhatATokenTellsOf() {
		replaceWhatHasArrived();
		String token = this.template.lastWrite(this.key).orElseThrow().value();
		this.toEast.mode(Mode.REFUSE);
		try (FailoverS3Client other = client(ConsistencySettings.DEFAULTS);
				FailoverS3AsyncClient otherAsync = sideOf(other)) {
			FailoverS3AsyncTemplate another = new FailoverS3AsyncTemplate(otherAsync);

			assertThat(another.downloadAsString(this.key).join()).isEqualTo("old");
			assertThatThrownBy(() -> another.after(new WriteToken(token)).downloadAsString(this.key).join())
				.hasCauseInstanceOf(NotReplicatedException.class);
		}
	}

	@Test
	void deletesNoneOfABatchByAnOldETagThatItReplacedElsewhere() {
		String old = put("old");
		this.toEast.mode(Mode.REFUSE);
		put("new");
		this.toEast.mode(Mode.FORWARD);
		this.control.drain(LocationRole.SECONDARY);

		assertThat(deleteTogether((object) -> object.key("other"), (object) -> object.key(this.key).eTag(old)).join()
			.errors()).extracting(S3Error::code).containsExactly(NotReplicatedException.CODE);
		assertThatThrownBy(() -> deleteTogether((object) -> object.key(this.key).eTag(old)).join())
			.hasCauseInstanceOf(NotReplicatedException.class);
		assertThat(this.east.client().headObject((head) -> head.bucket("east").key(this.key)).eTag()).isEqualTo(old);
	}

	@SafeVarargs
	private CompletableFuture<DeleteObjectsResponse> deleteTogether(Consumer<ObjectIdentifier.Builder>... objects) {
		return this.async.deleteObjects((request) -> request.delete((delete) -> delete.objects(objects)));
	}

	@Test
	void refusesNewCallsOfAViewOnceItIsClosed() {
		FailoverS3AsyncClient view = this.async.asServed();
		view.close();
		put("new");
		assertThat(view.headObject((request) -> request.key(this.key)).join()).isNotNull();

		this.async.close();

		assertThatThrownBy(() -> view.headObject((request) -> request.key(this.key)).join())
			.hasCauseInstanceOf(IllegalStateException.class);
	}

	@Test
	void goesOnWaitingForAnObjectThatHasNotArrived() {
		this.async.putObject((request) -> request.key(this.key), AsyncRequestBody.fromString("first")).join();
		this.toEast.mode(Mode.REFUSE);

		assertThat(this.async.on(RequestFailed.class, (event) -> this.west.put(this.key, bytes("first")))
			.waiter()
			.waitUntilObjectExists((request) -> request.key(this.key), AsyncOwnWritesIntegrationTests::quickly)
			.join()
			.attemptsExecuted()).isEqualTo(2);
	}

	@Test
	void goesOnWaitingUntilAnObjectIsGoneThatNobodyCanTellOf() {
		put("first");
		this.toEast.mode(Mode.REFUSE);

		assertThat(this.async.on(RequestFailed.class, (event) -> deleteBehind())
			.waiter()
			.waitUntilObjectNotExists((request) -> request.key(this.key), AsyncOwnWritesIntegrationTests::quickly)
			.join()
			.attemptsExecuted()).isGreaterThan(1);
	}

	private void replaceWhatHasArrived() {
		put("old");
		this.west.put(this.key, bytes("old"));
		this.template.upload(this.key, "new").join();
	}

	private void deleteBehind() {
		this.toEast.mode(Mode.FORWARD);
		try (S3Client direct = this.east.client()) {
			direct.deleteObject((request) -> request.bucket("east").key(this.key));
		}
		// What failed before may have opened the circuit, and nobody probes here.
		this.control.reset();
	}

	private static void quickly(WaiterOverrideConfiguration.Builder override) {
		override.maxAttempts(5).backoffStrategyV2(BackoffStrategy.fixedDelayWithoutJitter(Duration.ofMillis(10)));
	}

}
