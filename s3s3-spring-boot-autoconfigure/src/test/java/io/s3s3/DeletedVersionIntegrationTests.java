package io.s3s3;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;

import io.s3s3.consistency.NotReplicatedException;
import io.s3s3.event.ReadUnproven;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.WriteBuried;
import io.s3s3.health.FailoverControl;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.StragglingEndpoint;
import io.s3s3.testkit.VersionedStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ContextConsumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Objects of which somebody has deleted a version for good, over real sockets.
 */
class DeletedVersionIntegrationTests {

	private final VersionedStore east = new VersionedStore("east");

	private final VersionedStore west = new VersionedStore("west");

	@AutoClose
	private final StragglingEndpoint primary = new StragglingEndpoint(this.east);

	@AutoClose
	private final StragglingEndpoint secondary = new StragglingEndpoint(this.west);

	private final List<RequestEvent> events = new CopyOnWriteArrayList<>();

	@ParameterizedTest
	@EnumSource
	void readsWhatIsBackAfterSomebodyElseDeletedTheLastVersion(Door door) {
		run((context) -> {
			door.put(context, this.events);
			door.put(context, this.events);
			this.east.remove("east-2");

			assertThat(door.get(context, this.events)).isEqualTo("east-1");

			assertThat(this.events).noneMatch((event) -> event instanceof WriteBuried || event instanceof ReadUnproven);
			assertThat(this.secondary.requests()).isEmpty();
		});
	}

	@ParameterizedTest
	@EnumSource
	void takesOneRequestOnceItIsKnown(Door door) {
		run((context) -> {
			door.put(context, this.events);
			door.put(context, this.events);
			this.east.remove("east-2");
			door.get(context, this.events);
			int before = this.primary.requests().size();

			assertThat(door.get(context, this.events)).isEqualTo("east-1");

			assertThat(this.primary.requests()).hasSize(before + 1);
		});
	}

	@ParameterizedTest
	@EnumSource
	void readsWhatSomebodyElseHasUndeleted(Door door) {
		run((context) -> {
			door.put(context, this.events);
			door.delete(context, null);
			this.east.remove("east-2");

			assertThat(door.get(context, this.events)).isEqualTo("east-1");

			assertThat(door.get(context, this.events)).isEqualTo("east-1");
			assertThat(this.events).noneMatch((event) -> event instanceof WriteBuried || event instanceof ReadUnproven);
		});
	}

	@ParameterizedTest
	@EnumSource
	void asksWhereTheStateBeforeIsIfTheAnswerToADeletionWasLost(Door door) {
		run((context) -> {
			door.put(context, this.events);
			context.getBean(FailoverControl.class).force(LocationRole.SECONDARY);
			door.put(context, this.events);
			this.west.loseAnswers();
			assertThatExceptionOfType(Exception.class).isThrownBy(() -> door.delete(context, "west-1"));

			assertThat(door.get(context, this.events)).isEqualTo("east-1");
		});
	}

	@ParameterizedTest
	@EnumSource
	void stillTellsThatItDeletedWhatAnOlderWriteHasBuried(Door door) {
		run((context) -> {
			door.put(context, this.events);
			this.west.receiveLastOf(this.east);
			door.delete(context, null);
			this.east.receiveLastOf(this.west);

			assertThatExceptionOfType(NoSuchKeyException.class).isThrownBy(() -> door.get(context, this.events));
		});
	}

	@ParameterizedTest
	@EnumSource
	void readsWhatIsBackAfterItsOwnDeletion(Door door) {
		run((context) -> {
			door.put(context, this.events);
			door.put(context, this.events);
			door.delete(context, "east-2");
			int before = this.primary.requests().size();

			assertThat(door.get(context, this.events)).isEqualTo("east-1");

			assertThat(this.primary.requests()).hasSize(before + 1);
		});
	}

	@ParameterizedTest
	@EnumSource
	void servesNothingOlderThanWhatIsBack(Door door) {
		run((context) -> {
			door.put(context, this.events);
			this.west.receiveLastOf(this.east);
			door.put(context, this.events);
			door.put(context, this.events);
			door.delete(context, "east-3");
			this.primary.close();

			assertThatExceptionOfType(NotReplicatedException.class).isThrownBy(() -> door.get(context, this.events));
		});
	}

	@ParameterizedTest
	@EnumSource
	void goesBackToNothingIfADeletionWasNotSent(Door door) {
		run((context) -> {
			door.put(context, this.events);
			this.west.receiveLastOf(this.east);
			door.put(context, this.events);
			this.primary.close();
			assertThatExceptionOfType(Exception.class).isThrownBy(() -> door.delete(context, "east-2"));
			assertThatExceptionOfType(Exception.class).isThrownBy(() -> context.getBean(FailoverS3Client.class)
				.deleteObjects((batch) -> batch
					.delete((delete) -> delete.objects((object) -> object.key("key").versionId("east-2")))));

			assertThatExceptionOfType(NotReplicatedException.class).isThrownBy(() -> door.get(context, this.events));
		});
	}

	@ParameterizedTest
	@EnumSource
	void servesWhatMayBeBackWhereTheAnswerToADeletionWasLost(Door door) {
		run((context) -> {
			door.put(context, this.events);
			this.west.receiveLastOf(this.east);
			door.put(context, this.events);
			this.east.loseAnswers();
			assertThatExceptionOfType(Exception.class).isThrownBy(() -> door.delete(context, "east-2"));
			this.primary.close();

			assertThat(door.get(context, this.events)).isEqualTo("east-1");
		});
	}

	private void run(ContextConsumer<AssertableApplicationContext> test) {
		Contexts.pair(this.primary.uri(), "east", this.secondary.uri(), "west").run(test);
	}

	/**
	 * Which client is used.
	 */
	enum Door {

		BLOCKING {
			@Override
			void put(AssertableApplicationContext context, List<RequestEvent> events) {
				client(context, events).putObject((put) -> put.key("key"), RequestBody.fromString("any"));
			}

			@Override
			void delete(AssertableApplicationContext context, @Nullable String version) {
				context.getBean(FailoverS3Client.class).deleteObject((delete) -> delete.key("key").versionId(version));
			}

			@Override
			String get(AssertableApplicationContext context, List<RequestEvent> events) {
				return client(context, events).getObjectAsBytes((get) -> get.key("key")).asUtf8String();
			}

			private FailoverS3Client client(AssertableApplicationContext context, List<RequestEvent> events) {
				return context.getBean(FailoverS3Client.class).on(RequestEvent.class, events::add);
			}
		},

		ASYNCHRONOUS {
			@Override
			void put(AssertableApplicationContext context, List<RequestEvent> events) throws Exception {
				client(context, events).putObject((put) -> put.key("key"), AsyncRequestBody.fromString("any")).get();
			}

			@Override
			void delete(AssertableApplicationContext context, @Nullable String version) throws Exception {
				context.getBean(FailoverS3AsyncClient.class)
					.deleteObject((delete) -> delete.key("key").versionId(version))
					.get();
			}

			@Override
			String get(AssertableApplicationContext context, List<RequestEvent> events) throws Exception {
				try {
					return client(context, events)
						.getObject((get) -> get.key("key"), AsyncResponseTransformer.toBytes())
						.get()
						.asUtf8String();
				}
				catch (ExecutionException ex) {
					throw (Exception) ex.getCause();
				}
			}

			private FailoverS3AsyncClient client(AssertableApplicationContext context, List<RequestEvent> events) {
				return context.getBean(FailoverS3AsyncClient.class).on(RequestEvent.class, events::add);
			}
		};

		abstract void put(AssertableApplicationContext context, List<RequestEvent> events) throws Exception;

		abstract void delete(AssertableApplicationContext context, @Nullable String version) throws Exception;

		abstract String get(AssertableApplicationContext context, List<RequestEvent> events) throws Exception;

	}

}
